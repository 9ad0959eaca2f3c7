package dev.llmconfig.plan;

import static dev.llmconfig.plan.Samples.endpoint;
import static dev.llmconfig.plan.Samples.observed;
import static dev.llmconfig.plan.Samples.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.agent.Entry;
import dev.llmconfig.agent.KeyRef;
import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.DeliveryMode;
import dev.llmconfig.api.Provider;
import dev.llmconfig.domain.Parameters;
import dev.llmconfig.domain.Revision;
import dev.llmconfig.testing.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// What one workload is given, and its name: only what changes in the pod may restart it.
class HandoutTest {

  private static final Wanted WANTED = Samples.wanted(observed());

  private final long seed = Seeds.next(HandoutTest.class);

  /// A change here restarts every agent in every cluster: it needs a reason and a changelog line.
  @Test
  void isTheSameInEveryRelease() {
    assertThat(rendered(WANTED.revision())).isEqualTo("d-129af6bfcd");
    assertThat(rendered(with(WANTED.revision(), "mode", DeliveryMode.EnvFrom)))
        .isEqualTo("d-8584db99ef");
    assertThat(rendered(with(WANTED.revision(), "mode", DeliveryMode.File)))
        .isEqualTo("d-3bf341e582");
  }

  @Test
  void isNothingWhereNothingIsDelivered() {
    assertThat(handout(with(WANTED.revision(), "mode", DeliveryMode.None)))
        .isEqualTo(new Handout.Nothing());
    assertThat(handout(with(WANTED.revision(), "mode", DeliveryMode.Gateway)))
        .isEqualTo(new Handout.Nothing());
  }

  @Test
  void isRefusedWithAProfileThatDoesNotFit() {
    assertThat(
            Handout.of(
                WANTED.revision(),
                WANTED.basis(),
                Samples.PROFILES.find("claude-code").orElseThrow(),
                "support"))
        .isInstanceOfSatisfying(
            Handout.Refused.class,
            refused ->
                assertThat(refused.reason()).isEqualTo(ConditionReason.ProfileDialectMismatch));
  }

  /// Whether another value of a field of the revision is another thing to be given, by mode. A
  /// field without a decision here fails.
  private record Case(Object other, Set<DeliveryMode> restartsIn) {}

  private static final Set<DeliveryMode> ALL =
      Set.of(DeliveryMode.Env, DeliveryMode.EnvFrom, DeliveryMode.File);
  private static final Set<DeliveryMode> NONE = Set.of();

  private static Map<String, Case> cases() {
    var cases = new HashMap<String, Case>();
    // The delivered Secret is named after it.
    cases.put("apiKey", new Case("second", ALL));
    cases.put("provider", new Case(Provider.OpenAICompatible, ALL));
    cases.put("keyRevision", new Case(Optional.of("r-90aa"), ALL));
    cases.put("endpoint", new Case(endpoint("https://eu.api.openai.com/v1"), ALL));
    // Only of Azure's profile.
    cases.put("apiVersion", new Case(Optional.of("2025-01-01"), NONE));
    // No variable of the profile carries a header.
    cases.put("headers", new Case(new TreeMap<>(Map.of("x-team", "b")), NONE));
    cases.put("model", new Case("gpt-4.1", ALL));
    cases.put("parameters", new Case(Parameters.none(), ALL));
    // The label alone is for people; what the profile renders counts.
    cases.put("profile", new Case(new Revision.ProfileUsed("x@9", Optional.of("p-1")), NONE));
    cases.put("mode", new Case(DeliveryMode.Gateway, ALL));
    // The template itself tells which containers have it.
    cases.put("containers", new Case(new TreeSet<>(Set.of("other")), NONE));
    cases.put("fileMountPath", new Case("/srv/llm", Set.of(DeliveryMode.File)));
    return cases;
  }

  @Test
  void isAnotherOneOnlyForWhatReachesThePod() {
    assertThat(cases().keySet()).isEqualTo(Samples.components(Revision.class));
    cases()
        .forEach((field, decision) -> {
          for (var mode : ALL) {
            var before = with(WANTED.revision(), "mode", mode);
            var after = with(before, field, decision.other());
            assertThat(!rendered(before).equals(rendered(after)))
                .as("another %s in mode %s is another thing to be given", field, mode)
                .isEqualTo(decision.restartsIn().contains(mode));
          }
        });
  }

  @Test
  void isTheSameForAParameterThatTheProfileDoesNotCarry() {
    var openai = Samples.PROFILES.find("openai").orElseThrow();

    assertThat(Handout.of(WANTED.revision(), WANTED.basis(), openai, "support"))
        .isEqualTo(
            Handout.of(
                with(WANTED.revision(), "parameters", Parameters.none()),
                WANTED.basis(),
                openai,
                "support"));
  }

  @Test
  void isAnotherOneInEachMode() {
    var names = new HashSet<String>();
    for (var mode : ALL) {
      names.add(rendered(with(WANTED.revision(), "mode", mode)));
    }

    assertThat(names).hasSize(ALL.size());
  }

  /// The Secret of EnvFrom and the ConfigMap of File are called after the ModelConfig, so another
  /// holder is another template; the Secret of Env is not.
  @Test
  void namesItsModelConfigWhereTheTemplateDoes() {
    for (var mode : ALL) {
      var revision = with(WANTED.revision(), "mode", mode);
      assertThat(rendered(revision, "support").equals(rendered(revision, "other")))
          .as("%s", mode)
          .isEqualTo(mode == DeliveryMode.Env);
    }
  }

  @RepeatedTest(50)
  void doesNotDependOnTheOrderOfEntries() {
    var entries = new ArrayList<Entry>();
    for (var name : List.of("A", "B", "C", "D")) {
      entries.add(new Entry(name, new Entry.Literal(name + seed)));
    }
    entries.add(new Entry("E", new Entry.Key(new KeyRef("a"))));
    var shuffled = new ArrayList<>(entries);
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(RenderedName.ofEnv(shuffled, Optional.of("r-1")))
        .as("seed %d", seed)
        .isEqualTo(RenderedName.ofEnv(entries, Optional.of("r-1")));
  }

  @Test
  void keepsTheKeyOutOfIt() {
    assertThat(handout(WANTED.revision()).toString())
        .contains("openai-llmkey-r-7c1d")
        .doesNotContain("sk-");
  }

  private static Handout handout(Revision revision) {
    return Handout.of(revision, WANTED.basis(), WANTED.profile(), "support");
  }

  private static String rendered(Revision revision) {
    return rendered(revision, "support");
  }

  private static String rendered(Revision revision, String modelConfig) {
    return switch (Handout.of(revision, WANTED.basis(), WANTED.profile(), modelConfig)) {
      case Handout.Variables(var rendered, _) -> rendered;
      case Handout.Files(var rendered, _) -> rendered;
      case Handout.Nothing _ -> "nothing";
      case Handout.Refused(var reason, var sentence) ->
          throw new AssertionError(reason + ": " + sentence);
    };
  }
}
