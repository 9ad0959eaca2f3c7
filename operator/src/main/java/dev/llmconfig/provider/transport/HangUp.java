package dev.llmconfig.provider.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ends a call from any thread, wherever it stands. Once it has happened it stays so.
public final class HangUp {

  private final CountDownLatch done = new CountDownLatch(1);
  private final List<Runnable> followers = new ArrayList<>();

  public void now() {
    List<Runnable> waiting;
    synchronized (followers) {
      done.countDown();
      waiting = List.copyOf(followers);
      followers.clear();
    }
    waiting.forEach(Runnable::run);
  }

  public boolean happened() {
    return done.getCount() == 0;
  }

  /// Keeps a pause that ends early when somebody hangs up.
  ///
  /// @return whether somebody did
  public boolean within(Duration pause) throws InterruptedException {
    return done.await(pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// What is to be done then, or at once where it is too late to wait.
  public void follow(Runnable follower) {
    synchronized (followers) {
      if (!happened()) {
        followers.add(follower);
        return;
      }
    }
    follower.run();
  }
}
