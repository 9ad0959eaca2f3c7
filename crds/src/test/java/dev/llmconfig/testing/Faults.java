package dev.llmconfig.testing;

import dev.llmconfig.testing.Verdict.Answer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/// The faults of one proxy; each stays until its number is used up or `heal` is called.
public final class Faults {
  private Duration delay = Duration.ZERO;
  private Predicate<ProxiedRequest> delayed = request -> true;
  private int throttled;
  private int expiredWatches;
  private boolean conflictsFirst;
  private int failure;
  private Predicate<ProxiedRequest> failing = request -> false;
  private boolean cut;
  private Predicate<ProxiedRequest> cutsBefore = request -> false;
  private Predicate<ProxiedRequest> cutsAfter = request -> false;
  private Runnable atTheCut = () -> {};
  private final Set<String> written = new HashSet<>();

  /// Every request waits this long before it is passed on.
  public synchronized void delay(Duration each) {
    delay(each, request -> true);
  }

  /// Only these wait.
  public synchronized void delay(Duration each, Predicate<ProxiedRequest> which) {
    delay = each;
    delayed = which;
  }

  /// The next requests are answered with 429, and told to come back after one second.
  public synchronized void throttle(int requests) {
    throttled = requests;
  }

  /// The first write to each object is answered with 409, and its next one passes.
  public synchronized void conflictOnFirstWrites() {
    conflictsFirst = true;
    written.clear();
  }

  /// The next watches are told at once that their resource version is too old.
  public synchronized void expireWatches(int number) {
    expiredWatches = number;
  }

  /// These are answered with this status, until `heal`.
  public synchronized void fail(int status, Predicate<ProxiedRequest> which) {
    failure = status;
    failing = which;
  }

  /// Nothing gets through any more, in either direction.
  public synchronized void cut() {
    cut = true;
  }

  /// Cut just before the API server would have got such a request.
  public synchronized void cutBefore(Predicate<ProxiedRequest> which) {
    cutsBefore = which;
  }

  /// Cut when the API server has done what such a request asks for, and before its answer is here.
  public synchronized void cutAfter(Predicate<ProxiedRequest> which) {
    cutsAfter = which;
  }

  /// What is done there, while whoever asked still waits: to kill it in the middle of a request.
  public synchronized void atTheCut(Runnable what) {
    atTheCut = what;
  }

  synchronized Runnable atTheCut() {
    return atTheCut;
  }

  public synchronized boolean isCut() {
    return cut;
  }

  public synchronized void heal() {
    cut = false;
    cutsBefore = request -> false;
    cutsAfter = request -> false;
    atTheCut = () -> {};
    failing = request -> false;
    delay = Duration.ZERO;
    throttled = 0;
    expiredWatches = 0;
    conflictsFirst = false;
  }

  Verdict judge(ProxiedRequest request) {
    pause(request);
    return decide(request);
  }

  private synchronized Verdict decide(ProxiedRequest request) {
    if (cut) {
      return new Verdict.Cut(false);
    }
    if (cutsBefore.test(request)) {
      cut = true;
      return new Verdict.Cut(true);
    }
    if (cutsAfter.test(request)) {
      cut = true;
      return new Verdict.PassAndCut();
    }
    if (request.upgrade()) {
      // Clients of Kubernetes then watch over plain HTTP, which we can interfere with.
      return Answer.status(503, "ServiceUnavailable");
    }
    if (failing.test(request)) {
      return Answer.status(failure, "MadeUp");
    }
    if (throttled > 0) {
      throttled--;
      return Answer.status(429, "TooManyRequests").with("Retry-After", "1");
    }
    if (expiredWatches > 0 && request.watch()) {
      expiredWatches--;
      return Answer.expired();
    }
    if (conflictsFirst && request.write() && written.add(request.path())) {
      return Answer.status(409, "Conflict");
    }
    return new Verdict.Pass();
  }

  /// Outside the lock, so that requests are delayed side by side.
  private void pause(ProxiedRequest request) {
    Duration pause;
    synchronized (this) {
      pause = delayed.test(request) ? delay : Duration.ZERO;
    }
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
