package dev.llmconfig.mirror;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What was touched and not yet looked at. As large as the cluster at most, however long nobody
/// looks, because a thing is in it once.
final class Inbox {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private Set<Touched> waiting = new LinkedHashSet<>();

  void put(Touched touched) {
    lock.lock();
    try {
      waiting.add(touched);
      filled.signal();
    } finally {
      lock.unlock();
    }
  }

  /// All of it; empty after that time without any.
  Set<Touched> take(Duration patience) throws InterruptedException {
    lock.lock();
    try {
      var left = patience.toNanos();
      while (waiting.isEmpty() && left > 0) {
        left = filled.awaitNanos(left);
      }
      var taken = waiting;
      waiting = new LinkedHashSet<>();
      return taken;
    } finally {
      lock.unlock();
    }
  }
}
