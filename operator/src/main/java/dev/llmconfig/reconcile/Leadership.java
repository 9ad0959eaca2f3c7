package dev.llmconfig.reconcile;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
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
  private final AtomicReference<@Nullable CompletableFuture<?>> election = new AtomicReference<>();
  private final Thread loop;
  private final CountDownLatch closing = new CountDownLatch(1);
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

  @Override
  public void close() {
    closing.countDown();
    var current = election.get();
    if (current != null) {
      // Ends the renewing, releases the lease and calls stopped().
      current.cancel(true);
    }
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
      try {
        var elected = elector();
        election.set(elected);
        elected.get();
      } catch (InterruptedException | CancellationException _) {
        // Closing; the condition of the loop decides.
      } catch (ExecutionException failed) {
        log.atWarn()
            .addKeyValue("cause", failed.getClass().getSimpleName())
            .log("The election ended and starts anew");
      }
      stopped();
      pause();
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
    if (term.compareAndSet(null, thread)) {
      log.info("This replica leads");
      thread.start();
    }
  }

  private void serve() {
    try (var _ = terms.begin(this)) {
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      // The term is over.
    } catch (Exception failed) {
      log.atError().setCause(failed).log("The controllers could not start; the lease is given up");
      var current = election.get();
      if (current != null) {
        current.cancel(true);
      }
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

  private void heard(String identity) {
    leader = identity;
  }

  /// Ends early when closing.
  private void pause() {
    try {
      closing.await(RETRY.toMillis() / 2, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      // The condition of the loop decides.
    }
  }

  /// What runs while this replica leads.
  @FunctionalInterface
  public interface Terms {
    Term begin(WritePermission permission) throws Exception;
  }

  /// Closing it ends all reconciling.
  @FunctionalInterface
  public interface Term extends AutoCloseable {
    @Override
    void close();
  }
}
