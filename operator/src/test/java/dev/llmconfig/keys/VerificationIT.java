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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// A key is proven before it is used, each once for its cause, and an engineer with kubectl alone
/// sees where it stands.
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class VerificationIT {

  /// The provider refuses keys with this in them.
  private static final String WRONG = "sk-proj-fx-OA02-";

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
  void aWrongKeyIsAskedAboutOnceAndTheRightOneHealsIt() throws IOException {
    // A wrong one
    var git = stage.inGit("story");
    stage.apply(git, stage.secret("story", WRONG + "first-0123456789"));
    stage.waitFor("story", "Stalled");
    assertThat(stage.says("story", "Ready")).isEqualTo("False InvalidKey");
    assertThat(stage.says("story", "Verified")).isEqualTo("False InvalidKey");
    assertThat(stage.message("story", "Stalled")).contains("Put the right key into Secret story");
    assertThat(stage.kstatus("story")).isEqualTo(Kstatus.Failed);
    assertThat(stage.find("story-llmkey")).isEmpty();

    // is not tried again, whatever happens
    stage.looksTwice("story");
    stage.apply(git);
    stage.restart();
    stage.looksTwice("story");
    assertThat(stage.calls("story")).hasSize(1);

    // but when the spec changes, and what was known of it went with the process
    stage.apply(stage.inGit("story", "displayName: another name"));
    eventually("the edit to be seen").until(() -> stage.kstatus("story") == Kstatus.Failed);
    assertThat(stage.says("story", "Ready")).isEqualTo("False InvalidKey");
    var asked = stage.calls("story").size();
    assertThat(asked).isLessThanOrEqualTo(2);

    // The right one
    stage.apply(stage.secret("story", "sk-right-0123456789abcd"));
    stage.waitFor("story", "Ready");
    assertThat(stage.says("story", "Ready")).isEqualTo("True Verified");
    assertThat(stage.kstatus("story")).isEqualTo(Kstatus.Current);
    assertThat(stage.status("story").getMaskedKey()).isEqualTo("sk-***abcd");
    assertThat(stage.calls("story")).hasSize(asked + 1);
    var good = stage.managed("story");

    // A new wrong one
    stage.apply(stage.secret("story", WRONG + "second-0123456789"));
    stage.awaits("story", "Ready", "True KeptLastGood");
    stage.awaits("story", "Stalled", "True InvalidKey");
    assertThat(stage.message("story", "Ready"))
        .contains("The last good key stays in use", "Put the right key into Secret story");
    assertThat(stage.kstatus("story")).isEqualTo(Kstatus.Failed);
    assertThat(stage.managed("story")).isEqualTo(good);
    stage.looksTwice("story");
    stage.restart();
    stage.looksTwice("story");
    assertThat(stage.calls("story")).hasSize(asked + 2);

    // which is taken back
    stage.apply(stage.secret("story", "sk-right-0123456789abcd"));
    stage.awaits("story", "Ready", "True Verified");
    assertThat(stage.kstatus("story")).isEqualTo(Kstatus.Current);
    assertThat(stage.managed("story")).isEqualTo(good);
    assertThat(stage.calls("story")).hasSize(asked + 2);
  }

  @Test
  void aCheckOnRequestIsOneCallAndIsHandledWhenItIsAnswered() {
    stage.apply(stage.inGit("asked"), stage.secret("asked", "sk-asked-0123456789"));
    stage.waitFor("asked", "Ready");
    stage.provider.thinksFor(Duration.ofMillis(800));
    try {
      stage.requestCheck("asked", "one");

      eventually("the question").until(() -> stage.calls("asked").size() == 2);
      assertThat(stage.status("asked").getHandled()).isNull();
      eventually("the answer").until(() -> "one".equals(stage.handled("asked")));
    } finally {
      stage.provider.thinksFor(Duration.ZERO);
    }
    assertThat(stage.says("asked", "Ready")).isEqualTo("True Verified");
    stage.requestCheck("asked", "one");
    stage.looksTwice("asked");
    assertThat(stage.calls("asked")).hasSize(2);
  }

  @Test
  void aSuspendedKeyIsNotSentAndAResumedOneIsVerifiedFirst() {
    stage.apply(stage.inGit("rests"), stage.secret("rests", "sk-rests-0123456789"));
    stage.waitFor("rests", "Ready");

    stage.apply(stage.inGit("rests", "suspend: true"));
    stage.awaits("rests", "Ready", "False Suspended");
    stage.apply(stage.secret("rests", "sk-rests-another-0123456789"));
    stage.requestCheck("rests", "while it rests");
    stage.looksTwice("rests");
    assertThat(stage.calls("rests")).hasSize(1);

    stage.apply(stage.secret("rests", "sk-rests-0123456789"));
    stage.looksTwice("rests");
    stage.provider.mood("/rests", Mood.Down);
    stage.apply(stage.inGit("rests"));
    eventually("the first try").until(() -> stage.calls("rests").size() == 2);
    stage.awaits("rests", "Verified", "Unknown ProviderUnavailable");
    assertThat(stage.says("rests", "Ready")).startsWith("Unknown");
    assertThat(stage.kstatus("rests")).isEqualTo(Kstatus.InProgress);

    stage.provider.well("/rests");
    stage.waitFor("rests", "Ready");
    assertThat(stage.calls("rests")).hasSize(3);
    assertThat(stage.handled("rests")).isEqualTo("while it rests");
  }

  @Test
  void aKeyExpiresByItselfAndIsVerifiedWhenItMayBeUsedAgain() {
    var end = Instant.now().plusSeconds(4).truncatedTo(ChronoUnit.SECONDS);
    stage.apply(
        stage.inGit("ends", "expiresAt: " + end), stage.secret("ends", "sk-ends-0123456789"));
    stage.waitFor("ends", "Ready");

    stage.awaits("ends", "Ready", "False Expired");
    assertThat(stage.kstatus("ends")).isEqualTo(Kstatus.Failed);
    assertThat(stage.calls("ends")).hasSize(1);

    stage.apply(stage.inGit("ends", "expiresAt: 2099-01-01T00:00:00Z"));
    stage.waitFor("ends", "Ready");
    assertThat(stage.calls("ends")).hasSize(2);
  }

  @Test
  void withVerificationAndDiscoveryDisabledNobodyIsAsked() {
    stage.apply(
        stage.inGit("trusted", "verification: {mode: Disabled}", "models: {discovery: Disabled}"),
        stage.secret("trusted", WRONG + "trusted-0123456789"));

    stage.waitFor("trusted", "Ready");
    assertThat(stage.says("trusted", "Ready")).isEqualTo("True VerificationDisabled");
    assertThat(stage.says("trusted", "Verified")).isEqualTo("Unknown Disabled");
    assertThat(stage.calls("trusted")).isEmpty();

    stage.apply(stage.inGit("trusted", "verification: {mode: OnChange}"));
    stage.awaits("trusted", "Ready", "False InvalidKey");
    assertThat(stage.calls("trusted")).hasSize(1);
    assertThat(stage.kstatus("trusted")).isEqualTo(Kstatus.Failed);
  }
}
