package dev.llmconfig.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.Provider;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.provider.fake.FakeCall;
import dev.llmconfig.provider.fake.FakeProvider;
import dev.llmconfig.provider.fake.Fixture;
import dev.llmconfig.provider.fake.Fixtures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every recorded answer, over the wire, gives the reason that stands beside it, and nothing of the
/// key (covers traps K2, P2, P4, P9).
class FixturesTest {

  private static FakeProvider fake;
  private static FakeProvider elsewhere;
  private static Bench patient;
  private static Bench hasty;

  private static final Random RANDOM = new Random(4);

  @BeforeAll
  static void start() {
    elsewhere = FakeProvider.start();
    fake = FakeProvider.start(0, Duration.ofSeconds(15));
    fake.redirectTo(elsewhere.url(""));
    patient = Bench.patient();
    hasty = Bench.withLimit(Duration.ofMillis(500));
  }

  @AfterAll
  static void stop() {
    patient.close();
    hasty.close();
    fake.close();
    elsewhere.close();
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void everyProviderHasItsFixtures(Provider provider) {
    assertThat(Fixtures.of(provider))
        .as(
            "src/test/resources/providers/%s.yaml; see docs/contributing/add-a-provider.md",
            provider)
        .hasValueSatisfying(fixtures -> assertThat(fixtures).isNotEmpty());
  }

  @Test
  void everyIdIsThereOnce() {
    assertThat(Fixtures.all()).extracting(Fixture::id).doesNotHaveDuplicates();
  }

  @TestFactory
  Stream<DynamicTest> answersGiveTheirReason() {
    return Stream.of(Provider.values())
        .flatMap(provider ->
            Fixtures.of(provider).orElse(List.of()).stream()
                .map(fixture ->
                    DynamicTest.dynamicTest(
                        provider + " " + fixture.id() + " " + fixture.expect().reason(),
                        () -> check(provider, fixture))));
  }

  private static void check(Provider provider, Fixture fixture) throws InterruptedException {
    // Given
    String key = Keys.playing(provider, fixture.id(), RANDOM);
    boolean slow = fixture.expect().reason() == VerdictReason.Timeout;
    Prober prober = (slow ? hasty : patient).prober();
    Target target = Bench.target(provider, fake);
    boolean keyless = fixture.expect().reason() == VerdictReason.NoKeyNeeded;
    Optional<SecretBytes> sent = keyless ? Optional.empty() : Optional.of(Keys.bytes(key));
    Target played =
        fixture.withoutKey() && provider != Provider.Echo
            ? Bench.target(provider, fake.url("/fx/" + fixture.id()))
            : target;

    // When
    KeyCheck check = ask(prober, fixture.call(), played, sent);

    // Then
    Finding finding = check.finding();
    assertThat(finding.reason()).isEqualTo(fixture.expect().reason());
    expectModels(fixture, check.models());
    expectRetryAfter(fixture, finding);
    expectSaid(fixture, finding);
    Canary.assertNothingOf(key.substring(3), check.toString() + finding.said());
    assertThat(elsewhere.seen()).isEmpty();
  }

  private static KeyCheck ask(
      Prober prober, FakeCall call, Target target, Optional<SecretBytes> key)
      throws InterruptedException {
    Models none = new Models.NotRead(VerdictReason.KeyNotChecked);
    return switch (call) {
      case Key, List -> prober.key(target, key);
      case Completion -> new KeyCheck(prober.completion(target, key, Completion.chat("m")), none);
      case Responses ->
          new KeyCheck(
              prober.completion(
                  target, key, new Completion("m", Optional.empty(), Completion.Surface.Responses)),
              none);
      case Tokens -> new KeyCheck(prober.tokens(target, key, "m").orElseThrow(), none);
      case Model -> new KeyCheck(prober.model(target, key, ModelQuestion.of("m")).finding(), none);
      case Unknown -> throw new AssertionError("no fixture is for an unknown call");
    };
  }

  private static void expectModels(Fixture fixture, Models models) {
    Integer expected = fixture.expect().models();
    if (expected != null) {
      int listed =
          models instanceof Models.Listed(List<ListedModel> all, boolean _) ? all.size() : 0;
      assertThat(listed).isEqualTo(expected);
    }
  }

  private static void expectRetryAfter(Fixture fixture, Finding finding) {
    Integer expected = fixture.expect().retryAfterSeconds();
    if (expected != null) {
      assertThat(finding.retryAfter()).contains(Duration.ofSeconds(expected));
    }
  }

  private static void expectSaid(Fixture fixture, Finding finding) {
    String expected = fixture.expect().said();
    if (expected != null) {
      assertThat(finding.said()).hasValueSatisfying(said -> assertThat(said).contains(expected));
    }
  }
}
