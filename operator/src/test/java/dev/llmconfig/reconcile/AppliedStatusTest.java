package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.DeliveryMode;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.ReasoningEffort;
import dev.llmconfig.api.TokenField;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.domain.AppliedRevision;
import dev.llmconfig.domain.AppliedStatus;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.domain.ParameterBasis;
import dev.llmconfig.domain.Revision;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.plan.RememberedModel;
import dev.llmconfig.plan.RevisionName;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is applied, written into a status and read back.
class AppliedStatusTest {

  private static final KubernetesSerialization OBJECTS = Reading.lenient();

  private static final String STATUS =
      """
      observedGeneration: 7
      revision: m-5f0c
      applied:
        model: gpt-5-mini
        apiKey: openai-team-a
        provider: OpenAI
        apiKeyRevision: r-7c1d
        endpoint: https://api.openai.com/v1
        apiVersion: "1"
        headers: [{name: openai-project, value: p}]
        parameters: {temperature: 0.2, maxOutputTokens: 2048, stopSequences: [a], reasoningEffort: Low, extra: {seed: 7, a: null}}
        basis: {declared: i-1, tokenField: MaxCompletionTokens, onlyTemperatureOne: true, refusesTopP: true, reasons: true, contextTokens: 400000}
        profile: openai@1
        mode: EnvFrom
        containers: [a, b]
        fileMountPath: /etc/llm
      candidate: m-71aa
      failedRevision: m-71aa
      handled: {verify: v, retry: r}
      notes: [{reason: N, message: A note.}]
      conditions: [{type: Ready, status: "False", reason: RolledBack, message: It failed.}, {type: Foreign, status: "True", reason: X}]
      """;

  @Test
  void remembersWhatTheStatusSays() {
    var memory = memory(STATUS);
    var applied = memory.applied().orElseThrow();

    assertThat(applied)
        .isEqualTo(
            new AppliedRevision(
                "m-5f0c",
                new Revision(
                    "openai-team-a",
                    Provider.OpenAI,
                    Optional.of("r-7c1d"),
                    ((Validated.Valid<Endpoint>) Endpoint.parse("https://api.openai.com/v1"))
                        .value(),
                    Optional.of("1"),
                    new TreeMap<>(Map.of("openai-project", "p")),
                    "gpt-5-mini",
                    applied.settings().parameters(),
                    new Revision.ProfileUsed("openai@1", Optional.empty()),
                    DeliveryMode.EnvFrom,
                    new TreeSet<>(List.of("a", "b")),
                    "/etc/llm"),
                new ParameterBasis(
                    "i-1",
                    TokenField.MaxCompletionTokens,
                    true,
                    true,
                    true,
                    OptionalLong.of(400000))));
    var parameters = applied.settings().parameters();
    assertThat(parameters.temperature()).hasToString("Optional[0.2]");
    assertThat(parameters.maxOutputTokens()).hasValue(2048);
    assertThat(parameters.reasoningEffort()).contains(ReasoningEffort.Low);
    assertThat(parameters.stopSequences()).containsExactly("a");
    assertThat(parameters.extra()).hasToString("{\"seed\":7,\"a\":null}");
    assertThat(memory.generation()).isEqualTo(7);
    assertThat(memory.candidate()).contains("m-71aa");
    assertThat(memory.failedRevision()).contains("m-71aa");
    assertThat(memory.handled())
        .isEqualTo(new RememberedModel.Handled(Optional.of("v"), Optional.of("r")));
    assertThat(memory.conditions()).hasSize(1);
    assertThat(memory.notes()).hasSize(1);
  }

  /// Otherwise the last good settings would be another revision than themselves.
  @Test
  void isReadBackAsTheRevisionThatWasWritten() {
    var applied = memory(STATUS).applied().orElseThrow();
    var bean = AppliedStatus.write(applied.settings(), applied.basis());
    var again =
        OBJECTS.unmarshal(OBJECTS.asJson(bean), dev.llmconfig.api.v1alpha1.AppliedSettings.class);

    var read = AppliedStatus.read("m-5f0c", again).orElseThrow();
    assertThat(read).isEqualTo(applied);
    assertThat(RevisionName.of(read.settings())).isEqualTo(RevisionName.of(applied.settings()));
  }

  @Test
  void remembersNothingWithoutAStatus() {
    assertThat(ModelMemory.of(null)).isEqualTo(RememberedModel.NOTHING);
    assertThat(memory("observedGeneration: 0").applied()).isEmpty();
  }

  /// Half of the last good settings is nothing to go back to.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "revision: m-5f0c",
        "model: gpt-5-mini",
        "apiKey: openai-team-a",
        "provider: OpenAI",
        "endpoint: https://api.openai.com/v1",
        "profile: openai@1",
        "mode: EnvFrom",
        "fileMountPath: /etc/llm",
        "declared: i-1, ",
        "tokenField: MaxCompletionTokens, "
      })
  void forgetsAppliedSettingsThatAreIncomplete(String missing) {
    assertThat(STATUS).contains(missing);
    assertThat(memory(STATUS.replaceFirst(missing, "")).applied()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{temperature: hot}",
        "{temperature: 7}",
        "{maxOutputTokens: 1.5e300}",
        "{stopSequences: END}",
        "{reasoningEffort: Endless}",
        "{extra: 1}",
        "{colour: blue}"
      })
  void forgetsAppliedSettingsWithParametersItDoesNotUnderstand(String parameters) {
    assertThat(memory(STATUS.replaceFirst("parameters: .*", "parameters: " + parameters)).applied())
        .isEmpty();
  }

  @Test
  void forgetsAPlaceThatIsNone() {
    assertThat(memory(STATUS.replace("https://api.openai.com/v1", "nowhere")).applied()).isEmpty();
  }

  private static RememberedModel memory(String status) {
    return ModelMemory.of(
        OBJECTS
            .unmarshal(
                "metadata: {namespace: team, name: x}\nstatus:\n" + status.indent(2),
                ModelConfig.class)
            .getStatus());
  }
}
