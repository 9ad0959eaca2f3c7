package dev.llmconfig.reconcile;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The lease, and when it was last surely ours. A process that was frozen and resumed still
/// believes that it leads, until its timers run; its writers ask here first.
final class Lease implements Lock {

  private static final Logger log = LoggerFactory.getLogger(Lease.class);
  private static final long NEVER = Long.MIN_VALUE;

  private final Lock lock;
  private final Duration duration;
  private final LongSupplier nanos;
  private final AtomicLong renewedAt = new AtomicLong(NEVER);
  private final AtomicLong movedAt;
  private final AtomicInteger complained = new AtomicInteger();

  Lease(String namespace, String name, String identity, Duration duration, LongSupplier nanos) {
    this(new LeaseLock(namespace, name, identity), duration, nanos);
  }

  Lease(Lock lock, Duration duration, LongSupplier nanos) {
    this.lock = lock;
    this.duration = duration;
    this.nanos = nanos;
    this.movedAt = new AtomicLong(nanos.getAsLong());
  }

  /// For how long nobody has come for the lease. Whoever leads or would like to comes every two
  /// seconds, and a request ends after three, whatever comes of it.
  Duration silence() {
    var nothing = nanos.getAsLong() - movedAt.get();
    return nothing > 0 ? Duration.ofNanos(nothing) : Duration.ZERO;
  }

  /// Nobody will come for so long.
  void rests(Duration time) {
    movedAt.set(nanos.getAsLong() + time.toNanos());
  }

  /// Whether nobody else can hold the lease yet.
  boolean held() {
    var renewed = renewedAt.get();
    return renewed != NEVER && nanos.getAsLong() - renewed < duration.toNanos();
  }

  void lost() {
    renewedAt.set(NEVER);
  }

  @Override
  public LeaderElectionRecord get(KubernetesClient client) {
    try {
      return lock.get(client);
    } catch (KubernetesClientException failed) {
      complain(failed.getCode());
      throw failed;
    } finally {
      rests(Duration.ZERO);
    }
  }

  @Override
  public void create(KubernetesClient client, LeaderElectionRecord record) {
    renewing(record, () -> lock.create(client, record));
  }

  @Override
  public void update(KubernetesClient client, LeaderElectionRecord record) {
    renewing(record, () -> lock.update(client, record));
  }

  @Override
  public String identity() {
    return lock.identity();
  }

  @Override
  public String describe() {
    return lock.describe();
  }

  /// The time before the request counts: the others' clocks run from what the server stored.
  private void renewing(LeaderElectionRecord record, Runnable write) {
    var before = nanos.getAsLong();
    try {
      write.run();
    } catch (KubernetesClientException failed) {
      complain(failed.getCode());
      throw failed;
    } finally {
      rests(Duration.ZERO);
    }
    complained.set(0);
    renewedAt.set(identity().equals(record.getHolderIdentity()) ? before : NEVER);
  }

  /// Once per cause: the elector tries again every two seconds. Somebody else's being faster is no
  /// cause.
  private void complain(int code) {
    if (code == 409 || complained.getAndSet(code) == code) {
      return;
    }
    log.atWarn()
        .addKeyValue("lease", describe())
        .addKeyValue("code", code)
        .log(
            code == 403
                ? "The lease is forbidden; the operator needs get, create and patch on leases"
                : "The lease could not be read or written");
  }
}
