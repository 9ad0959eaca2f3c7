package dev.llmconfig.reconcile;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// Asks the API server for its version every few seconds: the framework's own health stayed green
/// through every outage that was tried.
public final class ApiServerProbe implements AutoCloseable {

  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration STALE = Duration.ofSeconds(20);

  private final KubernetesClient client;
  private final InstantSource clock;
  private final AtomicReference<Instant> answeredAt = new AtomicReference<>(Instant.EPOCH);
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("api-server-probe").daemon().factory());

  /// The client needs a time-out well below the interval.
  public ApiServerProbe(KubernetesClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  @SuppressWarnings(
      "FutureReturnValueIgnored") // it ends with the process, and ask() throws nothing
  public void start() {
    timer.scheduleWithFixedDelay(this::ask, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  public boolean answers() {
    return answeredAt.get().plus(STALE).isAfter(clock.instant());
  }

  /// [Instant#EPOCH] before the first time.
  public Instant answeredAt() {
    return answeredAt.get();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void ask() {
    try {
      if (client.getKubernetesVersion() != null) {
        answeredAt.set(clock.instant());
      }
    } catch (KubernetesClientException _) {
      // The time of the last answer says it.
    }
  }
}
