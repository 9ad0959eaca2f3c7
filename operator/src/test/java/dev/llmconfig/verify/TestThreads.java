package dev.llmconfig.verify;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/// Threads that run when a test says so.
public final class TestThreads extends AbstractExecutorService {

  private final Deque<Runnable> started = new ArrayDeque<>();
  private boolean shutdown;

  /// How many were started and have not run yet.
  public int running() {
    return started.size();
  }

  public void runOne() {
    started.removeFirst().run();
  }

  public void runAll() {
    while (!started.isEmpty()) {
      runOne();
    }
  }

  @Override
  public void execute(Runnable task) {
    started.addLast(task);
  }

  @Override
  public void shutdown() {
    shutdown = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown = true;
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return shutdown;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }
}
