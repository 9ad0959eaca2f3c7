package dev.llmconfig.provider.transport;

import dev.llmconfig.api.VerdictReason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The body of an answer as it comes. The event loop fills it, and stops the sender while it is
/// full; one thread empties it. So a slow reader slows the sender, and nothing piles up here.
public final class Inflow implements AutoCloseable {

  /// Where the sender is stopped, and where it may go on.
  private static final int FULL = 64 * 1024;

  private static final int NEARLY_EMPTY = 16 * 1024;

  /// The two ends of the tap, to be called from any thread.
  interface Tap {
    void stop();

    void goOn();

    void close();
  }

  private final Reply head;
  private final long largest;
  private final Deadline first;
  private final Deadline total;
  private final Tap tap;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<byte[]> pieces = new ArrayDeque<>();
  private int waiting;
  private long seen;
  private boolean read;
  private boolean stopped;
  private boolean ended;
  private @Nullable TransportFailure failure;
  private Runnable whenClosed = () -> {};

  /// @param first when the first piece must be there
  Inflow(Reply head, long largest, Deadline first, Deadline total, Tap tap) {
    this.head = head;
    this.largest = largest;
    this.first = first;
    this.total = total;
    this.tap = tap;
  }

  /// Status and headers, and no body.
  public Reply head() {
    return head;
  }

  /// The next piece, in whatever way it was cut; empty at the end.
  ///
  /// @param silence how long nothing may come; of the first piece, its own limit says so
  public Optional<byte[]> next(Duration silence) throws TransportFailure, InterruptedException {
    lock.lockInterruptibly();
    try {
      Deadline deadline = read ? total.atMost(silence) : first;
      while (pieces.isEmpty()) {
        if (failure != null) {
          throw failure;
        }
        if (ended) {
          return Optional.empty();
        }
        if (deadline.leftNanos() == 0) {
          throw TransportFailure.of(VerdictReason.Timeout, "the answer stopped coming");
        }
        boolean unused = changed.await(deadline.leftNanos(), TimeUnit.NANOSECONDS);
      }
      read = true;
      return Optional.of(taken());
    } finally {
      lock.unlock();
    }
  }

  /// Ends the call, also under a reader that waits.
  @Override
  public void close() {
    broken(TransportFailure.of(VerdictReason.ProviderUnavailable, "hung up"));
    tap.close();
    Runnable last;
    lock.lock();
    try {
      last = whenClosed;
      whenClosed = () -> {};
    } finally {
      lock.unlock();
    }
    last.run();
  }

  /// What was opened for this call alone.
  void whenClosed(Runnable release) {
    lock.lock();
    try {
      whenClosed = release;
    } finally {
      lock.unlock();
    }
  }

  void came(byte[] piece) {
    boolean tooMuch;
    lock.lock();
    try {
      seen += piece.length;
      tooMuch = seen > largest;
      if (!tooMuch && failure == null) {
        pieces.add(piece);
        waiting += piece.length;
        if (waiting > FULL && !stopped) {
          stopped = true;
          tap.stop();
        }
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    if (tooMuch) {
      broken(TransportFailure.of(VerdictReason.NotAnLLMEndpoint, "more was sent than is read"));
      tap.close();
    }
  }

  void ended() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// What came before is still read.
  void broken(TransportFailure why) {
    lock.lock();
    try {
      if (!ended && failure == null) {
        failure = why;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private byte[] taken() {
    byte[] piece = pieces.remove();
    waiting -= piece.length;
    if (stopped && waiting < NEARLY_EMPTY) {
      stopped = false;
      tap.goOn();
    }
    return piece;
  }
}
