package dev.llmconfig.plan;

import static dev.llmconfig.plan.Samples.observed;
import static dev.llmconfig.plan.Samples.parameters;
import static dev.llmconfig.plan.Samples.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.agent.NewerProfiles;
import dev.llmconfig.agent.ProfileFile;
import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.DeliveryMode;
import dev.llmconfig.api.Probe;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.VerdictKind;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.api.VerificationMode;
import dev.llmconfig.catalogue.Attribute;
import dev.llmconfig.catalogue.Facts;
import dev.llmconfig.catalogue.Retirement.Listing;
import dev.llmconfig.catalogue.Source;
import dev.llmconfig.domain.DefaultClaim;
import dev.llmconfig.domain.KeyState;
import dev.llmconfig.domain.KeyVerification;
import dev.llmconfig.domain.ModelSelection;
import dev.llmconfig.domain.Parameter;
import dev.llmconfig.domain.ParameterValue;
import dev.llmconfig.domain.Parameters;
import dev.llmconfig.domain.Problem;
import dev.llmconfig.domain.UsableKey;
import dev.llmconfig.testing.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ModelPlannerTest {

  private final long seed = Seeds.next(ModelPlannerTest.class);
  private final RandomGenerator random = new Random(seed);

  // What changes a revision.

  private static final String NAME = Samples.wanted(observed()).name();

  /// One other value for every component of the key, and whether it is another revision.
  private record Case(Object other, boolean renames) {}

  private static Map<String, Case> ofTheKey() {
    var cases = new HashMap<String, Case>();
    cases.put("name", new Case("second", true));
    cases.put("provider", new Case(Provider.OpenAICompatible, true));
    cases.put("endpoint", new Case(Samples.endpoint("https://eu.api.openai.com/v1"), true));
    cases.put("revision", new Case(Optional.of("r-90aa"), true));
    cases.put("headers", new Case(new TreeMap<>(Map.of("x-team", "b")), true));
    cases.put("apiVersion", new Case(Optional.of("2025-01-01"), true));
    cases.put(
        "models",
        new Case(
            new ModelSelection(
                false,
                List.of("gpt-4*"),
                List.of(
                    new ModelSelection.Additional(
                        "another", Optional.of("o3"), OptionalInt.empty(), OptionalInt.of(1)))),
            false));
    cases.put(
        "verification",
        new Case(
            new KeyVerification(VerificationMode.Disabled, Probe.Completion, Duration.ofHours(1)),
            false));
    cases.put("successor", new Case(UsableKey.Successor.Pending, false));
    return cases;
  }

  @Test
  void everyComponentOfAKeyIsDecidedAbout() {
    assertThat(ofTheKey().keySet()).isEqualTo(Samples.components(UsableKey.class));
    ofTheKey()
        .forEach((component, decision) -> {
          var key = with(Samples.key(), component, decision.other());
          var seen = with(observed(), "key", new KeyState.Usable(key, false));
          assertThat(!Samples.wanted(seen).name().equals(NAME))
              .as("another %s is another revision", component)
              .isEqualTo(decision.renames());
        });
  }

  /// What a person says about the model by hand is declared, so it counts.
  @Test
  void aLimitThatIsDeclaredByHandCounts() {
    var models =
        new ModelSelection(
            true,
            List.of(),
            List.of(
                new ModelSelection.Additional(
                    "gpt-4.1-mini", Optional.empty(), OptionalInt.of(9999), OptionalInt.of(1000))));
    var seen =
        with(observed(), "key", new KeyState.Usable(with(Samples.key(), "models", models), false));

    assertThat(Samples.wanted(seen).revision().parameters().maxOutputTokens()).hasValue(1000);
    assertThat(Samples.wanted(seen).basis().contextTokens()).hasValue(9999);
  }

  /// What was discovered at run time can never restart an agent, whatever a list claims.
  @RepeatedTest(50)
  void aListOfTheProviderChangesNothingThatIsDelivered() {
    var source = Source.provider(LocalDate.of(2026, 8, 19));
    var facts = Facts.none();
    if (random.nextBoolean()) {
      facts = facts.with(Attribute.MAX_OUTPUT_TOKENS, random.nextLong(1, 5000), source);
    }
    if (random.nextBoolean()) {
      facts = facts.with(Attribute.CONTEXT_TOKENS, random.nextLong(1, 5000), source);
    }
    if (random.nextBoolean()) {
      facts = facts.with(Attribute.REASONING, true, source);
    }
    if (random.nextBoolean()) {
      facts = facts.with(Attribute.SAMPLING, dev.llmconfig.catalogue.Sampling.OnlyDefault, source);
    }
    var listing = List.of(Listing.values()).get(random.nextInt(Listing.values().length));
    var seen = with(observed(), "listed", new Listed(listing, facts));

    assertThat(Samples.wanted(seen)).as("seed %d", seed).isEqualTo(Samples.wanted(observed()));
  }

  @RepeatedTest(50)
  void neitherTimeNorMemoryNorAnswersRenameIt() {
    var seen = observed();
    seen = with(seen, "now", Samples.NOW.plusSeconds(random.nextLong(100_000_000)));
    seen = with(seen, "gateway", random.nextBoolean());
    seen =
        with(
            seen,
            "heard",
            Optional.of(
                new ModelAnswer(
                    VerdictReason.Timeout, VerdictKind.Transient, List.of(), Optional.of("x"))));
    seen = with(seen, "before", Samples.applied(observed()));

    assertThat(Samples.wanted(seen).name()).as("seed %d", seed).isEqualTo(NAME);
  }

  @RepeatedTest(50)
  void theOrderOfWhatIsDeclaredDoesNotMatter() {
    var allow = new ArrayList<>(List.of("gpt-4*", "gpt-5*", "o*"));
    var additional = new ArrayList<ModelSelection.Additional>();
    for (var id : List.of("gpt-4.1-mini", "b", "c")) {
      additional.add(
          new ModelSelection.Additional(
              id, Optional.empty(), OptionalInt.empty(), OptionalInt.of(1000)));
    }
    var before = report(selected(allow, additional));
    Collections.shuffle(allow, new Random(seed));
    Collections.shuffle(additional, new Random(seed));

    assertThat(report(selected(allow, additional))).as("seed %d", seed).isEqualTo(before);
  }

  private static ModelObserved selected(
      List<String> allow, List<ModelSelection.Additional> additional) {
    return with(
        observed(),
        "key",
        new KeyState.Usable(
            with(Samples.key(), "models", new ModelSelection(true, allow, additional)), false));
  }

  // A newer operator.

  @Test
  void aNewerVersionOfAProfileIsTakenUpWithTheNextRevisionOnly() {
    var newer = NewerProfiles.with("generic", 2, "LLM_MODEL_TOO");
    var upgraded = with(with(observed(), "profiles", newer), "before", Samples.applied(observed()));

    assertThat(Samples.wanted(upgraded).name()).isEqualTo(NAME);
    assertThat(Samples.wanted(upgraded).profile().label()).isEqualTo("generic@1");

    var changed =
        with(upgraded, "declared", with(upgraded.declared(), "parameters", Parameters.none()));
    assertThat(Samples.wanted(changed).profile().label()).isEqualTo("generic@2");
    assertThat(Samples.wanted(with(observed(), "profiles", newer)).profile().label())
        .as("without anything applied")
        .isEqualTo("generic@2");
  }

  @Test
  void aVersionThatIsThereNoLongerIsReplaced() {
    var applied =
        Samples.applied(with(observed(), "profiles", NewerProfiles.with("generic", 2, "X")));

    assertThat(Samples.wanted(with(observed(), "before", applied)).profile().label())
        .isEqualTo("generic@1");
  }

  /// A model that an older catalogue did not know was sent what it refuses. Nobody restarts because
  /// we know better now; it is said, and taken up with the next change.
  @Test
  void aNewerCatalogueChangesNothingByItself() {
    var seen = asked("gpt-5-mini", Map.of(Parameter.Temperature, ParameterValue.Decimal.of("0.2")));
    var older = olderCatalogue(seen);
    var upgraded = with(seen, "before", older);

    assertThat(Samples.wanted(upgraded).name()).isEqualTo(older.applied().orElseThrow().name());
    assertThat(Samples.wanted(upgraded).basis()).isEqualTo(older.applied().orElseThrow().basis());
    assertThat(report(upgraded).notes())
        .extracting(StatusNote::reason)
        .containsExactly("CatalogueChanged", "HeadersNotCarried");
  }

  @Test
  void aNewerCatalogueThatWouldRefuseRefusesNothingByItself() {
    var seen = asked("gpt-5-mini", Map.of(Parameter.Temperature, ParameterValue.Decimal.of("0.2")));
    var strict =
        with(
            seen,
            "declared",
            with(
                seen.declared(),
                "unsupportedParameters",
                dev.llmconfig.api.UnsupportedParameters.Reject));
    // Under the older catalogue the policy refused nothing.
    var older = olderCatalogue(strict);

    assertThat(Samples.wanted(with(strict, "before", older)).name())
        .isEqualTo(older.applied().orElseThrow().name());
    assertThat(ModelPlanner.judge(strict).wanted()).isEmpty();
  }

  private static ModelObserved asked(String model, Map<Parameter, ParameterValue> values) {
    var declared = with(observed().declared(), "model", model);
    return with(observed(), "declared", with(declared, "parameters", parameters(values)));
  }

  /// What was applied while nothing was known of the model: everything was sent as asked.
  private static RememberedModel olderCatalogue(ModelObserved seen) {
    var question =
        new ParameterQuestion(
            Provider.OpenAI,
            dev.llmconfig.catalogue.DeclaredModel.of(seen.declared().model()),
            seen.declared().parameters(),
            seen.declared().unsupportedParameters(),
            Samples.PROFILES.find("generic").orElseThrow().requestFormat(DeliveryMode.Env));
    var unknown = Samples.applied(observed()).applied().orElseThrow();
    var settings =
        with(
            with(unknown.settings(), "model", seen.declared().model()),
            "parameters",
            seen.declared().parameters());
    return with(
        RememberedModel.NOTHING,
        "applied",
        Optional.of(
            new dev.llmconfig.domain.AppliedRevision(
                RevisionName.of(settings),
                settings,
                with(unknown.basis(), "declared", question.name()))));
  }

  // Profiles of ConfigMaps.

  @Test
  void aProfileOfAConfigMapCountsByWhatItRenders() {
    var one = acme(1, "ACME_MODEL");

    assertThat(Samples.wanted(acme(2, "ACME_MODEL")).name())
        .as("another version that renders the same list")
        .isEqualTo(Samples.wanted(one).name());
    assertThat(Samples.wanted(acme(1, "ACME_OTHER")).name())
        .isNotEqualTo(Samples.wanted(one).name());
  }

  private static ModelObserved acme(int version, String variable) {
    var file =
        new ProfileFile(
            "profiles",
            "acme.yaml",
            """
            schema: llmconfig.dev/profile/v1
            id: acme
            version: %d
            title: Acme
            extends: generic
            env:
            - {name: %s, from: Model}
            """
                .formatted(version, variable));
    var profiles = Samples.PROFILES.with(List.of(file));
    assertThat(profiles.refused()).isEmpty();
    var seen = with(observed(), "profiles", profiles.profiles());
    return with(
        seen,
        "declared",
        with(seen.declared(), "delivery", with(seen.declared().delivery(), "profile", "acme")));
  }

  // The default of a namespace.

  @RepeatedTest(50)
  void ofSeveralDefaultsExactlyTheOldestHoldsTheRole() {
    var claims = new ArrayList<DefaultClaim>();
    var names = new TreeSet<String>();
    for (int i = 0; i < 4; i++) {
      names.add("m" + random.nextInt(100));
    }
    for (var name : names) {
      claims.add(new DefaultClaim(name, Instant.ofEpochSecond(random.nextInt(2))));
    }
    Collections.shuffle(claims, new Random(seed));
    var holders = claims.stream().filter(own -> holds(own, claims)).toList();

    assertThat(holders).as("seed %d", seed).containsExactly(Collections.min(claims));
  }

  private static boolean holds(DefaultClaim own, List<DefaultClaim> claims) {
    var declared =
        with(
            with(
                with(Samples.declared(), "ref", new dev.llmconfig.domain.Ref("team", own.name())),
                "created",
                own.created()),
            "isDefault",
            true);
    var seen =
        with(
            with(observed(), "declared", declared),
            "otherDefaults",
            claims.stream().filter(other -> !other.equals(own)).toList());
    return ModelPlanner.judge(seen).role() instanceof DefaultRole.Held;
  }

  // The report.

  @Test
  void notesAreAtMostTen() {
    var seen = with(observed(), "declared", with(Samples.declared(), "fallbacks", List.of("b")));
    var many = new ArrayList<StatusNote>();
    for (int i = 0; i < 12; i++) {
      many.add(new StatusNote("N" + i, "A note."));
    }

    many.add(new StatusNote("N0", "Another."));

    assertThat(ModelNotes.most(many))
        .hasSize(10)
        .startsWith(new StatusNote("N0", "A note. Another."), many.get(1));
    assertThat(report(seen).notes())
        .extracting(StatusNote::reason)
        .containsExactly("HeadersNotCarried", "GatewayOnly");
  }

  @Test
  void aPlanThatIsMadeTwiceIsTheSame() {
    assertThat(report(observed())).isEqualTo(report(observed()));
  }

  @Test
  void problemsWithParametersAloneAreTheirOwnReason() {
    var range = new Problem("spec.parameters.temperature", "Too hot.");
    var other = new Problem("spec.delivery.mode", "No such mode.");

    assertThat(ModelPlanner.invalid(List.of(range)))
        .extracting(ConditionReport::reason)
        .containsOnly(ConditionReason.ParameterOutOfRange);
    assertThat(ModelPlanner.invalid(List.of(range, other)))
        .extracting(ConditionReport::reason)
        .containsOnly(ConditionReason.SpecInvalid);
    assertThat(ModelPlanner.invalid(List.of(range, other)).getFirst().message())
        .isEqualTo("Too hot. No such mode.");
  }

  private static ModelReport report(ModelObserved seen) {
    return ModelPlanner.report(ModelPlanner.judge(seen), Optional.empty()).orElseThrow();
  }
}
