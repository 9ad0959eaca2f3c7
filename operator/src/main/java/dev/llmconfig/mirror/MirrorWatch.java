package dev.llmconfig.mirror;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks for all who wait whether there is something new: one question every 50 ms however many
/// they are, and none while nobody waits. What it calls runs on its own thread and must not wait.
public final class MirrorWatch implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(MirrorWatch.class);
  private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

  private final Supplier<MirrorReader> readers;
  private final ReentrantLock turn = new ReentrantLock();
  private final Condition wanted = turn.newCondition();
  private @Nullable Follower follower;
  private @Nullable Thread thread;
  private boolean closed;
  private boolean soon;

  /// Whoever wants to know.
  public interface Follower {

    /// Called at every look.
    ///
    /// @param changed whether something was written since the last one that was read
    void look(boolean changed, Reading reading);
  }

  /// The rows as they are.
  public interface Reading {

    /// Empty while there is nothing that can be trusted.
    <T> Optional<T> read(Function<MirrorView, T> question);
  }

  public MirrorWatch(Supplier<MirrorReader> readers) {
    this.readers = readers;
  }

  /// At once, and from now on, until somebody else follows or [#rest] is said.
  public void follow(Follower next) {
    turn.lock();
    try {
      if (closed) {
        return;
      }
      follower = next;
      soon = true;
      if (thread == null) {
        thread = Thread.ofPlatform().daemon().name("mirror-watch").start(this::run);
      }
      wanted.signalAll();
    } finally {
      turn.unlock();
    }
  }

  /// Nobody waits any more.
  public void rest() {
    turn.lock();
    try {
      follower = null;
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void close() {
    Thread ending;
    turn.lock();
    try {
      closed = true;
      follower = null;
      ending = thread;
      wanted.signalAll();
    } finally {
      turn.unlock();
    }
    if (ending != null) {
      try {
        ending.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    try (var reader = readers.get()) {
      var looks = new Looks(reader);
      for (var next = next(); next != null; next = next()) {
        looks.at(next);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable Follower next() throws InterruptedException {
    turn.lockInterruptibly();
    try {
      for (var left = PAUSE_NANOS; !closed && !soon && follower != null && left > 0; ) {
        left = wanted.awaitNanos(left);
      }
      while (!closed && follower == null) {
        wanted.await();
      }
      soon = false;
      return closed ? null : follower;
    } finally {
      turn.unlock();
    }
  }

  /// On the one thread that looks.
  private static final class Looks implements Reading {
    private final MirrorReader reader;
    private Optional<Long> seen = Optional.empty();

    Looks(MirrorReader reader) {
      this.reader = reader;
    }

    void at(Follower follower) {
      Optional<Long> now;
      try {
        now = Optional.of(reader.version());
      } catch (MirrorUnavailable _) {
        now = Optional.empty();
      }
      var changed = now.isPresent() && !now.equals(seen);
      seen = now;
      try {
        follower.look(changed, this);
      } catch (RuntimeException unforeseen) {
        // Whoever waits would otherwise wait for ever.
        log.atError().setCause(unforeseen).log("What changed could not be told");
      }
    }

    @Override
    public <T> Optional<T> read(Function<MirrorView, T> question) {
      try {
        return Optional.of(reader.read(question));
      } catch (MirrorUnavailable _) {
        seen = Optional.empty(); // whatever is there next is news
        return Optional.empty();
      }
    }
  }
}
