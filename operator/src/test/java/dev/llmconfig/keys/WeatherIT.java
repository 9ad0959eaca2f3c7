package dev.llmconfig.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.provider.fake.BrokenServer;
import dev.llmconfig.provider.fake.FakeProvider;
import dev.llmconfig.provider.fake.Mood;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import io.fabric8.kubernetes.api.model.Condition;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// A provider's bad minute is said and changes nothing: agents, and whoever waits for `Ready`,
/// never notice it.
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class WeatherIT {

  private static final Set<Mood> MOODS = EnumSet.allOf(Mood.class);

  private KeyStage stage;

  @BeforeAll
  void set(ControlPlane plane) throws IOException {
    stage = KeyStage.set(plane).waitingNoLongerThan(Duration.ofSeconds(3)).start();
  }

  @AfterAll
  void close() throws IOException {
    stage.close();
  }

  @Test
  void badWeatherOfEveryKindTouchesNoReadyAndPasses() {
    // Given
    for (var mood : MOODS) {
      stage.apply(
          stage.inGit(name(mood)), stage.secret(name(mood), "sk-" + name(mood) + "-0123456789"));
    }
    MOODS.forEach(mood -> stage.waitFor(name(mood), "Ready"));
    var ready = ready();
    var secrets =
        MOODS.stream().collect(Collectors.toMap(mood -> mood, mood -> stage.managed(name(mood))));

    // When
    for (var mood : MOODS) {
      stage.provider.mood("/" + name(mood), mood);
      stage.requestCheck(name(mood), "in bad weather");
    }

    // Then
    for (var mood : MOODS) {
      stage.awaits(name(mood), "Verified", "Unknown " + mood.means());
      assertThat(stage.kstatus(name(mood))).as(mood.name()).isEqualTo(Kstatus.Current);
    }
    assertThat(ready()).isEqualTo(ready);
    MOODS.forEach(mood -> stage.provider.well("/" + name(mood)));
    MOODS.forEach(mood -> stage.awaits(name(mood), "Verified", "True KeyAccepted"));
    assertThat(ready()).isEqualTo(ready);
    MOODS.forEach(mood -> assertThat(stage.managed(name(mood))).isEqualTo(secrets.get(mood)));
  }

  @Test
  void aProviderThatIsGoneOrSomethingElseForAWhileTouchesNoReady() throws Exception {
    var provider = FakeProvider.start();
    var port = provider.port();
    var git = stage.inGit("gone").replace(stage.place("gone"), provider.url("/v1"));
    stage.apply(git, stage.secretAgreeingTo("gone", "sk-gone-0123456789", provider.url("/v1")));
    stage.waitFor("gone", "Ready");
    var ready = stage.condition("gone", "Ready");

    provider.close();
    stage.requestCheck("gone", "nobody there");
    stage.awaits("gone", "Verified", "Unknown EndpointUnreachable");
    try (var _ = BrokenServer.answering(port, Buffer.buffer("220 mail ready\r\n"))) {
      stage.awaits("gone", "Verified", "Unknown NotAnLLMEndpoint");
      assertThat(stage.condition("gone", "Ready")).isEqualTo(ready);
      assertThat(stage.kstatus("gone")).isEqualTo(Kstatus.Current);
    }
    try (var again = FakeProvider.start(port, Duration.ofSeconds(1))) {
      stage.awaits("gone", "Verified", "True KeyAccepted");
      assertThat(stage.condition("gone", "Ready")).isEqualTo(ready);
      assertThat(again.seen()).isNotEmpty();
    }
  }

  /// At first contact an endpoint that does not speak like a provider is most likely wrong; all
  /// else is waited for.
  @Test
  void aFirstKeyWaitsForTheWeatherAndComesByItself() {
    stage.provider.mood("/first", Mood.Down);
    stage.apply(stage.inGit("first"), stage.secret("first", "sk-first-0123456789"));
    stage.awaits("first", "Verified", "Unknown ProviderUnavailable");
    assertThat(stage.says("first", "Ready")).isEqualTo("Unknown ProviderUnavailable");
    assertThat(stage.says("first", "Reconciling")).isEqualTo("True ProviderUnavailable");
    assertThat(stage.condition("first", "Stalled")).isEmpty();
    assertThat(stage.kstatus("first")).isEqualTo(Kstatus.InProgress);
    assertThat(stage.find("first-llmkey")).isEmpty();

    stage.provider.well("/first");

    stage.waitFor("first", "Ready");
    assertThat(stage.kstatus("first")).isEqualTo(Kstatus.Current);
  }

  @Test
  void aFirstKeyAtAPageThatIsNoProviderStallsAndIsNotTriedAgain() {
    stage.provider.mood("/page", Mood.LoginPage);
    stage.apply(stage.inGit("page"), stage.secret("page", "sk-page-0123456789"));
    stage.waitFor("page", "Stalled");
    assertThat(stage.says("page", "Ready")).isEqualTo("False NotAnLLMEndpoint");
    assertThat(stage.kstatus("page")).isEqualTo(Kstatus.Failed);
    stage.looksTwice("page");
    assertThat(stage.calls("page")).hasSize(1);

    stage.provider.well("/page");
    stage.requestCheck("page", "it is there now");

    stage.waitFor("page", "Ready");
    assertThat(stage.calls("page")).hasSize(2);
  }

  private Map<Mood, Condition> ready() {
    return MOODS.stream()
        .collect(
            Collectors.toMap(
                mood -> mood, mood -> stage.condition(name(mood), "Ready").orElseThrow()));
  }

  private static String name(Mood mood) {
    return mood.name().toLowerCase(Locale.ROOT);
  }
}
