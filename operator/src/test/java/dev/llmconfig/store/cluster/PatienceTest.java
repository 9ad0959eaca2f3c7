package dev.llmconfig.store.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmconfig.store.cluster.ApiRefusal.Why;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// How long one call waits for others.
class PatienceTest {

  private final AtomicLong now = new AtomicLong();
  private final Patience patience = new Patience(now::get, time -> now.addAndGet(time.toNanos()));
  private final AtomicInteger tries = new AtomicInteger();

  private String contended() {
    if (tries.incrementAndGet() % 7 != 0) {
      throw new ApiRefusal(new Why.Modified());
    }
    return "done";
  }

  private void runOut() {
    assertThatThrownBy(
            () -> {
              for (var object = 0; object < 500; object++) {
                patience.of(Patience.TOLD_OF, this::contended);
              }
            })
        .isInstanceOf(ApiRefusal.class);
  }

  @Test
  void allObjectsOfOneCallShareIt() {
    runOut();
    assertThat(Duration.ofNanos(now.get()))
        .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(12));
  }

  @Test
  void whatNobodyDisturbsCostsNothingOfIt() {
    for (var object = 0; object < 500; object++) {
      patience.of(Patience.TOLD_OF, () -> now.addAndGet(Duration.ofSeconds(1).toNanos()));
    }
    assertThat(patience.of(Patience.TOLD_OF, this::contended)).isEqualTo("done");
  }

  @Test
  void whatTakesBackHasItsOwn() {
    runOut();
    tries.set(0);
    patience.takingBack(
        () -> assertThat(patience.of(Patience.TOLD_OF, this::contended)).isEqualTo("done"));
    tries.set(0);
    assertThatThrownBy(() -> patience.of(Patience.TOLD_OF, this::contended))
        .isInstanceOf(ApiRefusal.class);
    assertThat(tries).hasValue(1);
  }

  @Test
  void nobodyWaitsAnyMoreWhoIsInterrupted() {
    var real = new Patience();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> real.of(Patience.TOLD_OF, this::contended))
        .isInstanceOf(ApiRefusal.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(tries).hasValue(1);
  }
}
