package dev.llmconfig.crd;

import static dev.llmconfig.crd.Objects.apiKeyConfig;
import static dev.llmconfig.crd.Objects.modelConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigStatus;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.api.v1alpha1.ModelConfigSpec;
import dev.llmconfig.api.v1alpha1.NameRef;
import dev.llmconfig.api.v1alpha1.Parameters;
import dev.llmconfig.testing.Actor;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the API server makes of our kinds when several write to them.
@ExtendWith(ControlPlaneExtension.class)
class CrdsInUseIT {

  @SuppressWarnings("UnusedVariable") // The source of the parameters, found by reflection.
  private static final Object kinds = GeneratedCrds.KINDS;

  private static final String OPENAI = "{provider: OpenAI, secretRef: {name: openai-team-a}}";

  private ControlPlane plane;
  private Actor engineer;

  @BeforeEach
  void engages(ControlPlane joined) {
    plane = joined;
    Crds.install(plane);
    engineer = plane.actor("platform-engineer", Objects.EVERYTHING_OF_OURS);
  }

  @Test
  void twoManagersKeepTheirOwnConditions() {
    // Given
    var operator = plane.actor("operator", Objects.EVERYTHING_OF_OURS);
    var auditor = plane.actor("auditor", Objects.EVERYTHING_OF_OURS);
    create(OPENAI);
    applyConditions(operator, "Resolved", "Reconciling");
    applyConditions(auditor, "Audited");

    // When
    applyConditions(operator, "Resolved", "Ready");

    // Then
    assertThat(stored().get().getStatus().getConditions())
        .extracting(Condition::getType)
        .containsExactlyInAnyOrder("Resolved", "Ready", "Audited");
  }

  @Test
  void theStatusIsWrittenWithoutTheSpec() {
    // Given
    create(OPENAI);
    var changed = stored().get();
    changed.getSpec().setSuspend(true);
    changed.setStatus(new ApiKeyConfigStatus());
    changed.getStatus().setMaskedKey("sk-***3f9c");

    // When
    engineer.client().resource(changed).updateStatus();

    // Then
    var read = stored().get();
    assertThat(read.getStatus().getMaskedKey()).isEqualTo("sk-***3f9c");
    assertThat(read.getSpec().getSuspend()).isNull();
    assertThat(read.getMetadata().getGeneration()).isEqualTo(1);
  }

  @ParameterizedTest
  @FieldSource("kinds")
  void everyFieldOfTheStatusIsStored(Class<? extends CustomResource<?, ?>> kind) {
    // Given
    var status = StatusExamples.of(kind);
    var object =
        engineer
            .client()
            .resource(
                kind.equals(ApiKeyConfig.class)
                    ? apiKeyConfig("example", "{provider: Echo}")
                    : modelConfig("example", "{apiKeyRef: {name: example}, model: echo}"))
            .create();
    object.setAdditionalProperty("status", status);

    // When
    engineer.client().resource(object).fieldValidation(Validation.STRICT).updateStatus();

    // Then
    var stored = engineer.client().resource(object).get();
    var read = Serialization.unmarshal(Serialization.asJson(stored), ObjectNode.class);
    assertThat((Object) read.get("status")).isEqualTo(status);
  }

  /// Or whoever waits for it would take it for current.
  @Test
  void beforeAnybodyHasLookedTheStatusIsOfNoGeneration() {
    create(OPENAI);

    var stored = engineer.client().resource(apiKeyConfig("openai-team-a", OPENAI)).get();
    var read = Serialization.unmarshal(Serialization.asJson(stored), ObjectNode.class);
    assertThat(read.path("status").toString()).isEqualTo("{\"observedGeneration\":-1}");
  }

  @Test
  void theSpecIsWrittenWithoutTheStatus() {
    // Given
    create(OPENAI);
    var changed = stored().get();
    changed.getSpec().setSuspend(true);
    changed.setStatus(new ApiKeyConfigStatus());
    changed.getStatus().setMaskedKey("sk-***3f9c");

    // When
    engineer.client().resource(changed).update();

    // Then
    var read = stored().get();
    assertThat(read.getSpec().getSuspend()).isTrue();
    assertThat(read.getStatus().getMaskedKey()).isNull();
    assertThat(read.getMetadata().getGeneration()).isEqualTo(2);
  }

  @Test
  void freeParametersComeBackAsTheyWereWritten() {
    // Given
    var extra =
        Serialization.unmarshal(
            """
            {"top_k": 3, "p": 0.30000000000000004, "big": 9007199254740993, "on": false,
             "list": [1, "a", {"b": []}], "nested": {"temperature": {"stop": 2}}, "ключ": "é👩‍💻", "empty": {}}
            """,
            ObjectNode.class);
    var config = modelWith(extra);

    // When
    engineer.client().resource(config).create();

    // Then
    assertThat(engineer.client().resource(config).get().getSpec())
        .extracting(ModelConfigSpec::getParameters)
        .extracting(Parameters::getExtra)
        .isEqualTo(extra);
  }

  @Test
  void theProviderChangesOnlyWithANewObject() {
    // Given
    create(OPENAI);
    var anthropic = "{provider: Anthropic, secretRef: {name: openai-team-a}}";

    // When
    var refusal =
        catchThrowableOfType(
            KubernetesClientException.class,
            () -> engineer.forceApply(apiKeyConfig("openai-team-a", anthropic)));

    // Then
    assertThat(refusal).hasMessageContaining("provider cannot be changed");
    stored().delete();
    create(anthropic);
    assertThat(stored().get().getSpec().getProvider()).hasToString("Anthropic");
  }

  /// People paste a key into the wrong field; the answer goes to terminals, pipelines and logs.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{provider: OpenAI, encryptedKey: sk-proj-PASTED}",
        "{provider: OpenAI, sealedKey: {encryptedData: sk-proj-PASTED}}",
        "{provider: OpenAI, secretRef: {name: sk-proj-PASTED}}",
        "{provider: OpenAI, secretRef: {name: a, key: sk-proj PASTED}}",
        "{provider: OpenAI, secretRef: sk-proj-PASTED}",
        "{provider: OpenAI, apiKey: sk-proj-PASTED}",
        "{provider: OpenAICompatible, endpoint: 'https://user:PASTED@llm.example.com/v1'}",
        "{provider: OpenAICompatible, endpoint: 'http://llm.example.com?key=PASTED'}",
        "{provider: Echo, headers: [{name: X-Token, value: 'PASTED '}]}"
      })
  void aPastedKeyIsNotRepeatedInTheAnswer(String spec) {
    var refusal = catchThrowableOfType(KubernetesClientException.class, () -> create(spec));

    assertThat(refusal).isNotNull();
    assertThat(refusal.getStatus().getMessage()).contains("spec.").doesNotContain("PASTED");
  }

  private void create(String spec) {
    engineer
        .client()
        .resource(apiKeyConfig("openai-team-a", spec))
        .fieldValidation(Validation.STRICT)
        .create();
  }

  private Resource<ApiKeyConfig> stored() {
    return engineer.client().resources(ApiKeyConfig.class).withName("openai-team-a");
  }

  private void applyConditions(Actor actor, String... types) {
    var config = new ApiKeyConfig();
    config.setMetadata(new ObjectMetaBuilder().withName("openai-team-a").build());
    config.setStatus(new ApiKeyConfigStatus());
    config.getStatus().setConditions(Stream.of(types).map(CrdsInUseIT::condition).toList());
    var apply =
        new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(actor.name())
            .withForce(false)
            .build();
    actor.client().resource(config).subresource("status").patch(apply);
  }

  private static Condition condition(String type) {
    return new ConditionBuilder()
        .withType(type)
        .withStatus("True")
        .withReason("AsExpected")
        .withMessage("As it should be.")
        .withLastTransitionTime("2026-11-20T00:00:00Z")
        .build();
  }

  private static ModelConfig modelWith(ObjectNode extra) {
    var key = new NameRef();
    key.setName("openai-team-a");
    var parameters = new Parameters();
    parameters.setExtra(extra);
    var config = new ModelConfig();
    config.setMetadata(new ObjectMetaBuilder().withName("support").build());
    config.setSpec(new ModelConfigSpec());
    config.getSpec().setApiKeyRef(key);
    config.getSpec().setModel("gpt-5-mini");
    config.getSpec().setParameters(parameters);
    return config;
  }
}
