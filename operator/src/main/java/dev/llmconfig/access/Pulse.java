package dev.llmconfig.access;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the API server answers, as far as anybody in this process has heard. One that hangs
/// takes every question and answers none: whoever has waited for it in vain has waited for all, and
/// the next are told at once, until it gives a sign of life. Only silence counts, so that an API
/// server that is slow, or says no, is one that is there.
final class Pulse implements AutoCloseable {

  /// One that needs five seconds for everything is slow and no more.
  static final Duration SILENCE = Duration.ofSeconds(6);

  /// After this it is asked for a sign of life: a single answer may take its time for reasons of
  /// its own.
  static final Duration SLOW = Duration.ofSeconds(1);

  /// Between two of those who wait looking up, in real time.
  private static final long LOOK_MILLIS = 50;

  private static final Logger log = LoggerFactory.getLogger(Pulse.class);

  private final Supplier<CompletableFuture<?>> sign;
  private final Runnable fallen;
  private final Ticker ticker;
  private final Executor later;
  private final AtomicLong heardAt;
  private final AtomicLong askedAt;
  private final AtomicBoolean silent = new AtomicBoolean();
  private volatile boolean closed;

  /// @param sign asks for one over a connection of its own; it fails by itself in the end
  /// @param fallen runs each time that the API server falls silent
  /// @param later runs what it is given in a second
  Pulse(Supplier<CompletableFuture<?>> sign, Runnable fallen, Ticker ticker, Executor later) {
    this.sign = sign;
    this.fallen = fallen;
    this.ticker = ticker;
    this.later = later;
    this.heardAt = new AtomicLong(ticker.read() - SILENCE.toNanos());
    this.askedAt = new AtomicLong(ticker.read() - SLOW.toNanos());
  }

  /// Whether nobody needs to ask.
  boolean silent() {
    return silent.get();
  }

  /// What comes of a request that was sent.
  ///
  /// @throws Unanswered when nothing came for so long, or nothing came from anywhere
  <T> T await(CompletableFuture<T> answer, Duration patience) {
    var began = ticker.read();
    var _ = answer.whenComplete(this::ended); // also when nobody waits for it any more
    while (true) {
      try {
        return answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException _) {
        look(began);
        if (silent() || ticker.read() - began >= patience.toNanos()) {
          answer.cancel(true);
          throw new Unanswered(true);
        }
      } catch (ExecutionException _) {
        throw new Unanswered(true);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new Unanswered(true);
      }
    }
  }

  /// Finds out, where there is a doubt and nobody asks anything. It blocks.
  void check() {
    if (!silent() && ticker.read() - heardAt.get() >= SILENCE.toNanos()) {
      try {
        var _ = await(sign.get(), SILENCE.plus(SLOW));
      } catch (Unanswered _) {
        // which everybody knows by now
      }
    }
  }

  @Override
  public void close() {
    closed = true;
  }

  /// @param began when somebody began to wait
  private void look(long began) {
    var now = ticker.read();
    var heard = heardAt.get();
    var quiet = now - Math.max(began, heard);
    if (quiet >= SILENCE.toNanos()) {
      fall(heard);
    } else if (quiet >= SLOW.toNanos()) {
      var last = askedAt.get();
      if (now - last >= SLOW.toNanos() && askedAt.compareAndSet(last, now)) {
        ask();
      }
    }
  }

  private void fall(long heard) {
    if (!silent.compareAndSet(false, true)) {
      return;
    }
    if (heardAt.get() != heard) {
      silent.set(false); // an answer came in this very moment
      return;
    }
    log.warn("The API server does not answer");
    fallen.run();
    again();
  }

  private void again() {
    if (silent() && !closed) {
      ask();
      later.execute(this::again);
    }
  }

  private void ask() {
    var _ = sign.get().whenComplete(this::ended);
  }

  private void ended(@Nullable Object answer, @Nullable Throwable failure) {
    if (failure == null) {
      heardAt.set(ticker.read());
      if (silent.compareAndSet(true, false)) {
        log.info("The API server answers again");
      }
    }
  }
}
