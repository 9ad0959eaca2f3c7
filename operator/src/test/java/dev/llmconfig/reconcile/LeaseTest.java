package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeaseTest {

  private static final Duration FIFTEEN = Duration.ofSeconds(15);

  private final AtomicLong nanos = new AtomicLong(7);
  private final KubernetesClient nobody = new KubernetesClientBuilder().build();
  private final RecordedLock lock = new RecordedLock();
  private final Lease lease = new Lease(lock, FIFTEEN, nanos::get);

  @Test
  void isNotHeldBeforeItWasTaken() {
    assertThat(lease.held()).isFalse();
  }

  @Test
  void isHeldForItsDurationAfterTheRequestWasSent() {
    lock.takes = Duration.ofSeconds(4);

    lease.create(nobody, record("me"));
    assertThat(lease.held()).isTrue();

    // Frozen for eleven seconds after the answer: fifteen after the request.
    nanos.addAndGet(Duration.ofSeconds(11).toNanos());
    assertThat(lease.held()).isFalse();
  }

  @Test
  void isHeldLongerWithEachRenewal() {
    lease.create(nobody, record("me"));
    nanos.addAndGet(Duration.ofSeconds(14).toNanos());
    lease.update(nobody, record("me"));
    nanos.addAndGet(Duration.ofSeconds(14).toNanos());

    assertThat(lease.held()).isTrue();
  }

  @Test
  void aRenewalThatFailsDoesNotCount() {
    lease.create(nobody, record("me"));
    nanos.addAndGet(Duration.ofSeconds(14).toNanos());
    lock.fails = true;

    assertThatThrownBy(() -> lease.update(nobody, record("me")))
        .isInstanceOf(KubernetesClientException.class);
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(lease.held()).isFalse();
  }

  @Test
  void givingItUpEndsItAtOnce() {
    lease.create(nobody, record("me"));

    lease.update(nobody, record(""));

    assertThat(lease.held()).isFalse();
  }

  @Test
  void nothingIsWrittenWithoutIt() {
    WritePermission permission = lease::held;

    assertThatThrownBy(permission::check).isInstanceOf(WritePermission.NotLeading.class);
  }

  @Test
  void whoeverComesForItMovesAndWhoeverHangsDoesNot() {
    nanos.addAndGet(Duration.ofSeconds(61).toNanos());
    assertThat(lease.silence()).isEqualTo(Duration.ofSeconds(61));

    lease.get(nobody);
    assertThat(lease.silence()).isZero();

    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    lock.fails = true;
    assertThatThrownBy(() -> lease.update(nobody, record("me")))
        .isInstanceOf(KubernetesClientException.class);
    assertThat(lease.silence()).as("an outage is no hang").isZero();
  }

  @Test
  void aPauseThatWasSaidIsNoHang() {
    lease.rests(Duration.ofSeconds(64));
    nanos.addAndGet(Duration.ofSeconds(64).toNanos());
    assertThat(lease.silence()).isZero();

    nanos.addAndGet(Duration.ofSeconds(61).toNanos());
    assertThat(lease.silence()).isEqualTo(Duration.ofSeconds(61));
  }

  private static LeaderElectionRecord record(String holder) {
    var now = ZonedDateTime.now(ZoneOffset.UTC);
    return new LeaderElectionRecord(holder, FIFTEEN, now, now, 0);
  }

  private final class RecordedLock implements Lock {
    private Duration takes = Duration.ZERO;
    private boolean fails;

    @Override
    public LeaderElectionRecord get(KubernetesClient client) {
      return record("me");
    }

    @Override
    public void create(KubernetesClient client, LeaderElectionRecord record) {
      write();
    }

    @Override
    public void update(KubernetesClient client, LeaderElectionRecord record) {
      write();
    }

    private void write() {
      nanos.addAndGet(takes.toNanos());
      if (fails) {
        throw new KubernetesClientException("no");
      }
    }

    @Override
    public String identity() {
      return "me";
    }

    @Override
    public String describe() {
      return "a lock";
    }
  }
}
