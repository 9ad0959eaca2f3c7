package dev.llmconfig.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.api.VerdictReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// With real time and real threads.
class SystemAlarmsTest {

  @Test
  void ringsAtItsTimeAndNotAfterItWasSwitchedOff() {
    List<String> rung = new CopyOnWriteArrayList<>();
    try (SystemAlarms alarms = new SystemAlarms()) {
      Instant now = alarms.instant();
      alarms.ring(now.plusMillis(2_100), () -> rung.add("later"));
      alarms.ring(now.minusSeconds(5), () -> rung.add("at once"));
      alarms.ring(now.plusMillis(2_000), () -> rung.add("never")).off();

      await().untilAsserted(() -> assertThat(rung).containsExactly("at once", "later"));
    }
  }

  @Test
  void aVerifierThatIsClosedLeavesNoThread() throws InterruptedException {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    CountDownLatch asking = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    Stage words = new Stage();
    SystemAlarms alarms = new SystemAlarms();
    Verifier verifier =
        new Verifier(
            (_, _) -> {
              asking.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException closing) {
                interrupted.set(true);
                throw closing;
              }
              return Stage.answer(VerdictReason.KeyAccepted);
            },
            (_, _) -> {},
            Pace.STANDARD,
            alarms,
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("verify-", 0).factory()),
            new Random(1));

    verifier.want(words.key("a", "r-1"));
    asking.await();
    verifier.close();
    alarms.close();

    assertThat(interrupted).isTrue();
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() ->
            assertThat(
                    Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> !before.contains(thread))
                        .map(Thread::getName)
                        .filter(name -> name.startsWith("verify"))
                        .collect(Collectors.toSet()))
                .isEmpty());
  }
}
