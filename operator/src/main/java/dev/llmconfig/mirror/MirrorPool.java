package dev.llmconfig.mirror;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.function.Supplier;

/// Readers for many callers at once. Each has a platform thread of its own, because a call into the
/// database is native and would hold up the virtual threads beside it.
public final class MirrorPool implements AutoCloseable {

  private final BlockingQueue<MirrorReader> free = new LinkedBlockingQueue<>();
  private final List<MirrorReader> all = new ArrayList<>();
  private final ExecutorService threads;
  private final Sentinel sentinel;

  public MirrorPool(Supplier<MirrorReader> readers, int number) {
    for (int at = 0; at < number; at++) {
      var reader = readers.get();
      all.add(reader);
      free.add(reader);
    }
    sentinel = new Sentinel(readers.get());
    threads =
        Executors.newFixedThreadPool(number, Thread.ofPlatform().name("mirror-", 0).factory());
  }

  /// Answers from one consistent state.
  ///
  /// @throws MirrorUnavailable when there is nothing that can be trusted
  public <T> T read(Function<MirrorView, T> question) {
    try {
      return threads.submit(() -> answer(question)).get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new MirrorUnavailable("This process is ending.", null);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException reason) {
        throw reason;
      }
      throw new IllegalStateException(failed.getCause());
    }
  }

  /// Where the rows stand. It asks on the thread of its caller, for some microseconds.
  ///
  /// @throws MirrorUnavailable when there is nothing that can be trusted
  public Glimpse glimpse() {
    return sentinel.glimpse();
  }

  @Override
  public void close() {
    threads.close();
    sentinel.close();
    all.forEach(MirrorReader::close);
  }

  private <T> T answer(Function<MirrorView, T> question) throws InterruptedException {
    var reader = free.take();
    try {
      return reader.read(question);
    } finally {
      free.add(reader);
    }
  }
}
