package dev.llmconfig.reconcile;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Our own loop round the client's elector: the framework's election either ends the process or
/// goes on reconciling without the lease. Losing the lease here ends the term, and the loop runs
/// for the next one.
public final class Leadership implements WritePermission, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Leadership.class);

  static final Duration LEASE = Duration.ofSeconds(15);
  static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);
  static final Duration RETRY = Duration.ofSeconds(2);

  private final KubernetesClient lockClient;
  private final Lease lease;
  private final Terms terms;
  private final AtomicReference<@Nullable Thread> term = new AtomicReference<>();
  private final Thread loop;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile CompletableFuture<@Nullable Void> failed = new CompletableFuture<>();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile String leader = "";

  private Leadership(KubernetesClient lockClient, Lease lease, Terms terms) {
    this.lockClient = lockClient;
    this.lease = lease;
    this.terms = terms;
    this.loop = Thread.ofPlatform().name("leadership").unstarted(this::run);
  }

  /// The client must have a short time-out and no retries of its own: with the usual ones
  /// leadership is given up later than the lease runs out for others.
  public static Leadership of(
      KubernetesClient lockClient, String namespace, String name, String identity, Terms terms) {
    return new Leadership(
        lockClient, new Lease(namespace, name, identity, LEASE, System::nanoTime), terms);
  }

  public void start() {
    loop.start();
  }

  @Override
  public boolean writing() {
    return term.get() != null && lease.held();
  }

  /// Who leads, as far as this replica has heard; empty before anyone does.
  public String leader() {
    return leader;
  }

  /// For how long the loop has not moved; more than a minute means that it hangs.
  public Duration silence() {
    return loop.getState() == Thread.State.NEW ? Duration.ZERO : lease.silence();
  }

  @Override
  public void close() {
    closing.countDown();
    loop.interrupt();
    try {
      loop.join(Duration.ofSeconds(10));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    stopped();
  }

  private void run() {
    while (closing.getCount() > 0) {
      stand();
      stopped();
      pause();
    }
  }

  /// One candidacy: until the lease is lost, the term fails, or this replica ends.
  private void stand() {
    failed = new CompletableFuture<>();
    var elected = elector();
    try {
      CompletableFuture.anyOf(elected, failed).get();
    } catch (InterruptedException _) {
      // Closing; the condition of the loop decides.
    } catch (ExecutionException ended) {
      log.atWarn()
          .addKeyValue("cause", ended.getClass().getSimpleName())
          .log("The election ended and starts anew");
    } finally {
      // From this thread, which nobody interrupts: it gives the lease back.
      elected.cancel(true);
    }
  }

  private CompletableFuture<?> elector() {
    return lockClient
        .leaderElector()
        .withConfig(
            new LeaderElectionConfigBuilder()
                .withName(lease.describe())
                .withLock(lease)
                .withLeaseDuration(LEASE)
                .withRenewDeadline(RENEW_DEADLINE)
                .withRetryPeriod(RETRY)
                .withReleaseOnCancel(true)
                .withLeaderCallbacks(new LeaderCallbacks(this::started, this::stopped, this::heard))
                .build())
        .build()
        .start();
  }

  /// A thread of its own, because starting takes longer than a renewal may wait.
  private void started() {
    var thread = Thread.ofPlatform().name("term").unstarted(this::serve);
    if (closing.getCount() > 0 && term.compareAndSet(null, thread)) {
      log.info("This replica leads");
      thread.start();
    }
  }

  private void serve() {
    try (var _ = terms.begin(this, () -> failed.complete(null))) {
      failures.set(0);
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      // The term is over.
    } catch (Exception broken) {
      failures.incrementAndGet();
      failed.complete(null);
    }
  }

  private void stopped() {
    lease.lost();
    var thread = term.getAndSet(null);
    if (thread == null) {
      return;
    }
    log.info("This replica leads no more");
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(15));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Nobody, when the lease was given back.
  private void heard(@Nullable String identity) {
    leader = identity == null ? "" : identity;
  }

  /// Longer after each term that could not begin, so that another replica may try; ends early when
  /// closing.
  private void pause() {
    var time = RETRY.dividedBy(2).multipliedBy(1L << Math.min(failures.get(), 6));
    lease.rests(time);
    try {
      closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      // The condition of the loop decides.
    }
  }

  /// What runs while this replica leads.
  @FunctionalInterface
  public interface Terms {
    /// What throws here says why by itself.
    ///
    /// @param broken called when the term cannot go on
    Term begin(WritePermission permission, Runnable broken) throws Exception;
  }

  /// Closing it ends all reconciling.
  @FunctionalInterface
  public interface Term extends AutoCloseable {
    @Override
    void close();
  }
}
