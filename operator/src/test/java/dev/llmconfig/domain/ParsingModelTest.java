package dev.llmconfig.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.llmconfig.api.DeliveryMode;
import dev.llmconfig.api.ReasoningEffort;
import dev.llmconfig.api.Rollback;
import dev.llmconfig.api.RolloutPolicy;
import dev.llmconfig.api.SelectorOperator;
import dev.llmconfig.api.UnsupportedParameters;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.domain.WorkloadSelector.Requirement;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParsingModelTest {

  private static final KubernetesSerialization OBJECTS = new KubernetesSerialization();

  @Test
  void fillsInWhatIsDeclaredNowhere() {
    var model = valid("apiKeyRef: {name: openai}\nmodel: gpt-5-mini");

    assertThat(model)
        .isEqualTo(
            new ModelSettings(
                new Ref("team", "support"),
                "the-uid",
                3,
                Instant.parse("2026-11-20T12:00:00Z"),
                "openai",
                "gpt-5-mini",
                Parameters.none(),
                UnsupportedParameters.Drop,
                false,
                List.of(),
                new ModelDelivery(
                    DeliveryMode.Env,
                    "openai",
                    Optional.empty(),
                    new TreeSet<>(),
                    "/etc/llm",
                    new ModelDelivery.Rollout(RolloutPolicy.Automatic, 5, Duration.ZERO),
                    Rollback.OnFailure),
                new ModelRequests(Optional.empty(), Optional.empty(), Optional.empty(), false),
                false,
                false));
  }

  @Test
  void takesWhatIsDeclared() {
    var model =
        valid(
            """
            apiKeyRef: {name: azure}
            model: my-deployment
            displayName: For people
            isDefault: true
            parameters:
              temperature: 0.2
              topP: 0.90
              maxOutputTokens: 2048
              stopSequences: [END, ".."]
              reasoningEffort: XHigh
              timeoutSeconds: 60
              extra: {seed: 7}
            unsupportedParameters: Reject
            fallbackRefs: [{name: second}, {name: first}]
            delivery:
              mode: EnvFrom
              profile: spring-ai-2
              selector:
                matchLabels: {app: chat}
                matchExpressions: [{key: tier, operator: NotIn, values: [b, a]}]
              containers: [worker, agent]
              fileMountPath: /srv/llm/
              rollout: {policy: OnRestart, maxParallel: 1, minIntervalSeconds: 30}
              rollback: Never
            suspend: true
            """);

    assertThat(model.parameters().values())
        .containsExactlyEntriesOf(
            new TreeMap<>(
                Map.of(
                    Parameter.Temperature, ParameterValue.Decimal.of("0.2"),
                    Parameter.TopP, ParameterValue.Decimal.of("0.9"),
                    Parameter.MaxOutputTokens, new ParameterValue.Whole(2048),
                    Parameter.StopSequences, new ParameterValue.Texts(List.of("END", "..")),
                    Parameter.ReasoningEffort, new ParameterValue.Effort(ReasoningEffort.XHigh),
                    Parameter.TimeoutSeconds, new ParameterValue.Whole(60),
                    Parameter.Extra,
                        new ParameterValue.Fields(
                            JsonNodeFactory.instance.objectNode().put("seed", 7)))));
    assertThat(model.unsupportedParameters()).isEqualTo(UnsupportedParameters.Reject);
    assertThat(model.isDefault()).isTrue();
    assertThat(model.suspended()).isTrue();
    assertThat(model.fallbacks()).containsExactly("second", "first");
    assertThat(model.delivery())
        .isEqualTo(
            new ModelDelivery(
                DeliveryMode.EnvFrom,
                "spring-ai-2",
                Optional.of(
                    new WorkloadSelector(
                        new TreeMap<>(Map.of("app", "chat")),
                        List.of(
                            new Requirement(
                                "tier",
                                SelectorOperator.NotIn,
                                new TreeSet<>(List.of("a", "b")))))),
                new TreeSet<>(List.of("agent", "worker")),
                "/srv/llm",
                new ModelDelivery.Rollout(RolloutPolicy.OnRestart, 1, Duration.ofSeconds(30)),
                Rollback.Never));
  }

  @Test
  void readsTheRequestsOfPeople() {
    assertThat(
            requests(
                """
                llmconfig.dev/verify-requested-at: "2026-11-20"
                llmconfig.dev/retry-requested-at: again
                llmconfig.dev/approved-revision: m-0123456789
                llmconfig.dev/dry-run: "true"
                """))
        .isEqualTo(
            new ModelRequests(
                Optional.of("2026-11-20"),
                Optional.of("again"),
                Optional.of("m-0123456789"),
                true));
  }

  /// Who wrote something else than `false` did not ask for a rollout.
  @ParameterizedTest
  @CsvSource({"true, true", "yes, true", "True, true", "server, true", "false, false", "'', false"})
  void aDryRunIsWhateverIsNotFalse(String value, boolean dryRun) {
    assertThat(requests("llmconfig.dev/dry-run: \"%s\"".formatted(value)).dryRun())
        .isEqualTo(dryRun);
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    assertThat(
            problems(
                """
                model: "gpt 5"
                parameters: {temperature: 3, maxOutputTokens: 0, extra: {stop: x}}
                fallbackRefs: [{name: support}, {name: other}, {name: other}, {name: "A B"}]
                delivery:
                  profile: Spring AI
                  selector: {matchLabels: {}}
                  containers: [agent, Agent]
                  fileMountPath: /etc/../root
                  rollout: {policy: OnRestart, maxParallel: 0, minIntervalSeconds: -1}
                """))
        .containsExactly(
            new Problem(
                "spec.apiKeyRef", "spec.apiKeyRef is missing: name the ApiKeyConfig to use."),
            new Problem(
                "spec.model",
                "spec.model must be 1 to 256 characters without spaces or invisible characters."),
            new Problem(
                "spec.parameters.temperature", "temperature must be between 0 and 2, not 3."),
            new Problem(
                "spec.parameters.maxOutputTokens", "maxOutputTokens must be 1 or more, not 0."),
            new Problem(
                "spec.parameters.extra",
                "extra may not contain stop: use spec.parameters.stopSequences."),
            new Problem(
                "spec.fallbackRefs",
                "spec.fallbackRefs names this ModelConfig itself: remove it, or name another ModelConfig."),
            new Problem(
                "spec.fallbackRefs",
                "spec.fallbackRefs has the same ModelConfig twice: keep one of them."),
            new Problem(
                "spec.fallbackRefs",
                "spec.fallbackRefs must be a Kubernetes name: lower-case letters, digits, '-' and '.', at most 63 characters."),
            new Problem(
                "spec.delivery.profile",
                "spec.delivery.profile must be the id of a profile, such as openai or spring-ai-2: lower-case letters, digits and -."),
            new Problem(
                "spec.delivery.selector",
                "spec.delivery.selector is empty and would take every workload of the namespace: add matchLabels or matchExpressions, or remove it."),
            new Problem(
                "spec.delivery.containers",
                "spec.delivery.containers must be container names: lower-case letters, digits and -, with a letter or digit at both ends."),
            new Problem(
                "spec.delivery.fileMountPath",
                "spec.delivery.fileMountPath must be an absolute directory below /, such as /etc/llm, without . or .. as a part, : or doubled /."),
            new Problem(
                "spec.delivery.rollout.policy",
                "spec.delivery.rollout.policy OnRestart works only with mode EnvFrom: set spec.delivery.mode: EnvFrom, or choose Automatic or Manual."),
            new Problem(
                "spec.delivery.rollout.maxParallel",
                "spec.delivery.rollout.maxParallel must be between 1 and 100, not 0."),
            new Problem(
                "spec.delivery.rollout.minIntervalSeconds",
                "spec.delivery.rollout.minIntervalSeconds must be 0 or more, not -1."));
  }

  @Test
  void anEmptySpecNamesWhatIsMissing() {
    var config = new ModelConfig();
    config.getMetadata().setName("support");

    assertThat(problems(config))
        .extracting(Problem::field)
        .containsExactly("spec.apiKeyRef", "spec.model");
  }

  @Test
  void theNameOfTheFollowersLabelIsNoName() {
    var config = config("apiKeyRef: {name: a}\nmodel: m");
    config.getMetadata().setName("default");

    assertThat(problems(config))
        .singleElement()
        .extracting(Problem::sentence)
        .asString()
        .contains("must not be default")
        .contains("isDefault: true");
  }

  /// The default would be Env, and the agents of somebody who wanted something else would restart.
  @Test
  void aWordThatWasNotUnderstoodIsRefusedAndNeverADefault() {
    var config = config("apiKeyRef: {name: a}\nmodel: m\ndelivery: {}\nparameters: {}");
    var spec = config.getSpec();
    var delivery = Objects.requireNonNull(spec.getDelivery());
    spec.keepUnknownWord("unsupportedParameters", "Ask");
    Objects.requireNonNull(spec.getParameters()).keepUnknownWord("reasoningEffort", "Endless");
    delivery.keepUnknownWord("mode", "Sidecar");
    delivery.keepUnknownWord("rollback", "sk-or-v1-pasted in the wrong place");
    delivery.setRollout(new dev.llmconfig.api.v1alpha1.RolloutSettings());
    Objects.requireNonNull(delivery.getRollout()).keepUnknownWord("policy", "AtNight");

    assertThat(problems(config))
        .containsExactly(
            new Problem(
                "spec.parameters.reasoningEffort",
                "spec.parameters.reasoningEffort is Endless, which this operator does not know: use one of None, Minimal, Low, Medium, High, XHigh, Max, or update the operator."),
            new Problem(
                "spec.unsupportedParameters",
                "spec.unsupportedParameters is Ask, which this operator does not know: use one of Drop, Reject, or update the operator."),
            new Problem(
                "spec.delivery.mode",
                "spec.delivery.mode is Sidecar, which this operator does not know: use one of Env, EnvFrom, File, Gateway, None, or update the operator."),
            new Problem(
                "spec.delivery.rollout.policy",
                "spec.delivery.rollout.policy is AtNight, which this operator does not know: use one of Automatic, OnRestart, Manual, or update the operator."),
            new Problem(
                "spec.delivery.rollback",
                "spec.delivery.rollback holds a word, which this operator does not know: use one of OnFailure, Never, or update the operator."));
  }

  /// Without the requirement that cannot be read, the selector would take more workloads.
  @Test
  void aSelectorThatIsHalfUnderstoodSelectsNothing() {
    var config =
        config(
            """
            apiKeyRef: {name: a}
            model: m
            delivery:
              selector:
                matchLabels: {app: chat}
                matchExpressions: [{key: tier, values: [a]}]
            """);
    var delivery = Objects.requireNonNull(config.getSpec().getDelivery());
    Objects.requireNonNull(Objects.requireNonNull(delivery.getSelector()).getMatchExpressions())
        .getFirst()
        .keepUnknownWord("operator", "Near");

    assertThat(problems(config))
        .extracting(Problem::field)
        .containsExactly("spec.delivery.selector.matchExpressions.operator");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{key: tier, operator: In}",
        "{key: tier, operator: Exists, values: [a]}",
        "{key: tier, values: [a]}",
        "{key: 'no label', operator: Exists}",
        "{key: tier, operator: In, values: ['no label']}"
      })
  void refusesARequirementThatSaysNothing(String requirement) {
    assertThat(
            problems(
                "apiKeyRef: {name: a}\nmodel: m\ndelivery: {selector: {matchExpressions: [%s]}}"
                    .formatted(requirement)))
        .isNotEmpty()
        .allMatch(one -> one.field().startsWith("spec.delivery.selector.matchExpressions"));
  }

  @Test
  void selectsLikeKubernetes() {
    var selector =
        valid(
                """
                apiKeyRef: {name: a}
                model: m
                delivery:
                  selector:
                    matchLabels: {app: chat}
                    matchExpressions:
                    - {key: tier, operator: In, values: [a, b]}
                    - {key: off, operator: DoesNotExist}
                    - {key: zone, operator: NotIn, values: [x]}
                    - {key: owner, operator: Exists}
                """)
            .delivery()
            .selector()
            .orElseThrow();

    assertThat(selector.matches(Map.of("app", "chat", "tier", "a", "owner", ""))).isTrue();
    assertThat(selector.matches(Map.of("app", "chat", "tier", "b", "owner", "o", "zone", "y")))
        .isTrue();
    assertThat(selector.matches(Map.of("app", "other", "tier", "a", "owner", "o"))).isFalse();
    assertThat(selector.matches(Map.of("app", "chat", "tier", "c", "owner", "o"))).isFalse();
    assertThat(selector.matches(Map.of("app", "chat", "tier", "a"))).isFalse();
    assertThat(selector.matches(Map.of("app", "chat", "tier", "a", "owner", "o", "off", "")))
        .isFalse();
    assertThat(selector.matches(Map.of("app", "chat", "tier", "a", "owner", "o", "zone", "x")))
        .isFalse();
  }

  @Test
  void anObjectThatIsNotThereYetIsTheYoungest() {
    var config = config("apiKeyRef: {name: a}\nmodel: m");
    config.getMetadata().setCreationTimestamp(null);

    assertThat(valid(config).created()).isEqualTo(Instant.MAX);
  }

  @Test
  void anObjectOnItsWayOutSaysSo() {
    var config = config("apiKeyRef: {name: a}\nmodel: m");
    config.getMetadata().setDeletionTimestamp("2026-11-20T12:00:00Z");

    assertThat(valid(config).deleting()).isTrue();
  }

  private static ModelRequests requests(String annotations) {
    var config = config("apiKeyRef: {name: a}\nmodel: m");
    config
        .getMetadata()
        .setAnnotations(
            OBJECTS.unmarshal(
                annotations, new com.fasterxml.jackson.core.type.TypeReference<>() {}));
    return valid(config).requests();
  }

  private static ModelSettings valid(String spec) {
    return valid(config(spec));
  }

  private static ModelSettings valid(ModelConfig config) {
    return switch (Parsing.model(config)) {
      case Validated.Valid<ModelSettings>(var settings) -> settings;
      case Validated.Invalid<ModelSettings>(var problems) -> throw new AssertionError(problems);
    };
  }

  private static List<Problem> problems(String spec) {
    return problems(config(spec));
  }

  private static List<Problem> problems(ModelConfig config) {
    return switch (Parsing.model(config)) {
      case Validated.Valid<ModelSettings>(var settings) -> throw new AssertionError(settings);
      case Validated.Invalid<ModelSettings>(var problems) -> problems;
    };
  }

  private static ModelConfig config(String spec) {
    return OBJECTS.unmarshal(
        """
        metadata:
          namespace: team
          name: support
          uid: the-uid
          generation: 3
          creationTimestamp: "2026-11-20T12:00:00Z"
        spec:
        """
            + spec.indent(2),
        ModelConfig.class);
  }
}
