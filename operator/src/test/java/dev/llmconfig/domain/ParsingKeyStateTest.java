package dev.llmconfig.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.Probe;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.VerificationMode;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParsingKeyStateTest {

  private static final KubernetesSerialization OBJECTS = new KubernetesSerialization();

  private static final String READY =
      """
      observedGeneration: 2
      revision: r-7c1d
      endpoint: https://api.openai.com/v1
      conditions: [{type: Resolved, status: "True", reason: SecretFound}, {type: Ready, status: "True", reason: Verified}]
      """;

  @Test
  void whatIsNotThereIsAbsent() {
    assertThat(Parsing.keyState(Optional.empty())).isEqualTo(new KeyState.Absent());
  }

  @Test
  void aReadyKeyIsWhatItsStatusSaysAndItsSpecDescribes() {
    var state =
        state(
            """
            provider: AzureOpenAI
            secretRef: {name: azure}
            endpoint: https://new.openai.azure.com
            headers: [{name: X-Team, value: a}, {name: openai-project, value: p}]
            azure: {apiVersion: "2024-10-21"}
            models:
              allow: ["gpt-5*"]
              additional: [{id: mine, baseModel: gpt-5-mini, contextTokens: 128000, maxOutputTokens: 16384}]
            verification: {mode: Disabled}
            """,
            """
            observedGeneration: 2
            revision: r-7c1d
            endpoint: https://old.openai.azure.com
            candidate: r-90aa
            conditions: [{type: Ready, status: "True", reason: KeptLastGood}]
            """);

    assertThat(state)
        .isEqualTo(
            new KeyState.Usable(
                new UsableKey(
                    "x",
                    Provider.AzureOpenAI,
                    ((Validated.Valid<Endpoint>) Endpoint.parse("https://old.openai.azure.com"))
                        .value(),
                    Optional.of("r-7c1d"),
                    new TreeMap<>(Map.of("x-team", "a", "openai-project", "p")),
                    Optional.of("2024-10-21"),
                    new ModelSelection(
                        true,
                        List.of("gpt-5*"),
                        List.of(
                            new ModelSelection.Additional(
                                "mine",
                                Optional.of("gpt-5-mini"),
                                OptionalInt.of(128000),
                                OptionalInt.of(16384)))),
                    new KeyVerification(
                        VerificationMode.Disabled, Probe.ListModels, Duration.ofHours(6)),
                    UsableKey.Successor.Refused),
                false));
  }

  @Test
  void aStatusOfAnOlderSpecIsNotBelieved() {
    assertThat(
            state(
                "provider: OpenAI",
                READY.replace("observedGeneration: 2", "observedGeneration: 1")))
        .isEqualTo(new KeyState.Changing());
  }

  @Test
  void withoutAStatusItIsPending() {
    assertThat(state("provider: OpenAI", "{}")).isEqualTo(new KeyState.NotReady("Pending"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Suspended", "Expired", "InvalidKey", "NameTaken"})
  void aKeyThatIsNotReadySaysWhy(String reason) {
    assertThat(
            state(
                "provider: OpenAI",
                READY.replace("\"True\", reason: Verified", "\"False\", reason: " + reason)))
        .isEqualTo(new KeyState.NotReady(reason));
  }

  @Test
  void aKeyThatWaitsForAPersonSaysSo() {
    assertThat(
            state(
                "provider: OpenAI",
                READY.replace(
                    "\"True\", reason: Verified}",
                    "\"False\", reason: InvalidKey}, {type: Stalled, status: \"True\", reason:"
                        + " InvalidKey}")))
        .isEqualTo(new KeyState.NotReady("InvalidKey", true));
  }

  @Test
  void whereNobodyHasLookedTheDefaultOfTheSchemaIsNoStatus() {
    assertThat(state("provider: OpenAI", "observedGeneration: -1"))
        .isEqualTo(new KeyState.NotReady("Pending"));
  }

  @Test
  void aKeyThatIsBeingDeletedWorksOnForWhoHasIt() {
    var config =
        config(
            "provider: OpenAI\nsecretRef: {name: a}",
            READY.replace("\"True\", reason: Verified", "\"False\", reason: Deleting"));
    config.getMetadata().setDeletionTimestamp("2026-11-20T12:00:00Z");

    assertThat(Parsing.keyState(Optional.of(config)))
        .isInstanceOfSatisfying(
            KeyState.Usable.class, usable -> assertThat(usable.leaving()).isTrue());
  }

  @Test
  void aProviderThatNeedsNoKeyHasNoRevision() {
    var state =
        state(
            "provider: Ollama\nendpoint: http://ollama:11434",
            READY
                .replace("revision: r-7c1d\n", "")
                .replace("https://api.openai.com/v1", "http://ollama:11434"));

    assertThat(state)
        .isInstanceOfSatisfying(
            KeyState.Usable.class,
            usable -> {
              assertThat(usable.key().revision()).isEmpty();
              assertThat(usable.key().endpoint()).hasToString("http://ollama:11434");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "provider: OpenAI\nsecretRef: {name: a}",
        "provider: VLLM\nendpoint: http://vllm:8000\nsecretRef: {name: a}"
      })
  void aKeyThatIsDeclaredAndNotHeldIsNotReady(String spec) {
    assertThat(state(spec, READY.replace("revision: r-7c1d\n", "")))
        .isEqualTo(new KeyState.NotReady("Pending"));
  }

  /// Newer CRDs can name a provider that this operator does not know.
  @Test
  void aSpecThatCannotBeReadIsNoKey() {
    assertThat(state("secretRef: {name: a}", READY))
        .isEqualTo(new KeyState.NotReady("SpecInvalid"));
  }

  private static KeyState state(String spec, String status) {
    return Parsing.keyState(Optional.of(config(spec, status)));
  }

  private static ApiKeyConfig config(String spec, String status) {
    return OBJECTS.unmarshal(
        "metadata: {namespace: team, name: x, generation: 2}\nspec:\n"
            + spec.indent(2)
            + "status:\n"
            + status.indent(2),
        ApiKeyConfig.class);
  }
}
