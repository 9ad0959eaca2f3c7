package dev.llmconfig.keys;

import static dev.llmconfig.keys.KeyStage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.provider.fake.Mood;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Periodic checks by the clock of the machine. The shortest period is five minutes and goes on
/// from what the status says, so a status that says it was longer ago spares the test the wait.
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class PeriodicCheckIT {

  private static final Duration PERIOD = Duration.ofMinutes(5);

  /// At most a tenth of the period is added.
  private static final Duration JITTER = PERIOD.dividedBy(10);

  private static final String PERIODIC =
      "verification: {mode: OnChangeAndPeriodic, intervalSeconds: 300}";

  private KeyStage stage;

  @BeforeAll
  void set(ControlPlane plane) throws IOException {
    stage = KeyStage.set(plane).start();
  }

  @AfterAll
  void close() throws IOException {
    stage.close();
  }

  @Test
  void aKeyIsCheckedAgainWhenItsTimeHasComeAndNotBefore() throws IOException {
    declared("due", PERIODIC);
    declared("fresh", PERIODIC);
    declared("once", "verification: {mode: OnChange}");
    declared("rainy", PERIODIC);
    stage.stop();
    var verified = verified("due", PERIOD.minusSeconds(8));
    verified("fresh", PERIOD.minus(JITTER).minusSeconds(120));
    verified("once", Duration.ofDays(1));
    var longAgo = verified("rainy", PERIOD.plus(JITTER));
    stage.provider.mood("/rainy", Mood.Down);

    stage.start();

    eventually("the check that is due")
        .atMost(JITTER.plus(KeyStage.SOON))
        .until(() -> stage.calls("due").size() == 2);
    assertThat(Instant.now()).isAfterOrEqualTo(verified.plus(PERIOD));
    eventually("its time to be told").until(() -> lastVerified("due").isAfter(verified));
    assertThat(lastVerified("due")).isAfterOrEqualTo(verified.plus(PERIOD));
    assertThat(stage.says("due", "Ready")).isEqualTo("True Verified");
    assertThat(stage.calls("fresh")).hasSize(1);
    assertThat(stage.calls("once")).hasSize(1);

    // A check that meets bad weather changes nothing but the weather.
    stage.awaits("rainy", "Verified", "Unknown ProviderUnavailable");
    assertThat(stage.says("rainy", "Ready")).isEqualTo("True Verified");
    assertThat(lastVerified("rainy")).isEqualTo(longAgo);
  }

  private void declared(String name, String verification) {
    stage.apply(
        stage.inGit(name, verification), stage.secret(name, "sk-" + name + "-0123456789abcd"));
    stage.waitFor(name, "Ready");
    assertThat(stage.calls(name)).hasSize(1);
  }

  private Instant lastVerified(String name) {
    return Instant.parse(Objects.requireNonNull(stage.status(name).getLastVerifiedTime()));
  }

  /// As it would be if the last check had been that long ago.
  private Instant verified(String name, Duration ago) {
    var when = Instant.now().minus(ago).truncatedTo(ChronoUnit.SECONDS);
    stage
        .client()
        .resource(stage.get(name))
        .editStatus(key -> {
          Objects.requireNonNull(key.getStatus()).setLastVerifiedTime(when.toString());
          return key;
        });
    return when;
  }
}
