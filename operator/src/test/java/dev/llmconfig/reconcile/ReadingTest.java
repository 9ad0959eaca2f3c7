package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Validated;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadingTest {

  @Test
  void anObjectOfNewerCrdsIsReadAndReported() {
    var config =
        Reading.lenient()
            .unmarshal(
                """
                apiVersion: llmconfig.dev/v1alpha1
                kind: ApiKeyConfig
                metadata: {name: x, namespace: team}
                spec: {provider: BrandNew, secretRef: {name: x}, verification: {mode: Sometimes}}
                """,
                ApiKeyConfig.class);

    assertThat(config.getSpec().getProvider()).isNull();
    assertThat(Parsing.apiKey(config)).isInstanceOf(Validated.Invalid.class);
  }

  @Test
  void equalRecordsOfOwnersAreKeptOnce() {
    var reading = Reading.lenient();
    var one = owners(reading, "one");
    var other = owners(reading, "other");

    assertThat(one.getFirst().getFieldsV1())
        .isSameAs(other.getFirst().getFieldsV1())
        .isNotSameAs(one.getLast().getFieldsV1());
    assertThat(reading.asJson(one.getFirst())).contains("{\"f:spec\":{\".\":{},\"f:model\":{}}}");
    assertThat(reading.asJson(one.getLast())).contains("{\"f:status\":{}}");
  }

  private static List<ManagedFieldsEntry> owners(KubernetesSerialization reading, String name) {
    return reading
        .unmarshal(
            """
            apiVersion: llmconfig.dev/v1alpha1
            kind: ModelConfig
            metadata:
              name: %s
              managedFields:
              - {manager: kubectl, fieldsV1: {"f:spec": {".": {}, "f:model": {}}}}
              - {manager: us, subresource: status, fieldsV1: {"f:status": {}}}
            """
                .formatted(name),
            ModelConfig.class)
        .getMetadata()
        .getManagedFields();
  }

  /// Absent would be Env, and the agents of somebody who asked for something else would restart.
  @SuppressWarnings("NullAway") // The manifest sets every field that is looked at.
  @Test
  void aWordThatIsNotKnownIsKeptBesideTheFieldThatLooksUnset() {
    var spec =
        Reading.lenient()
            .unmarshal(
                """
                apiVersion: llmconfig.dev/v1alpha1
                kind: ModelConfig
                metadata: {name: x, namespace: team}
                spec:
                  apiKeyRef: {name: openai}
                  model: gpt-5-mini
                  unsupportedParameters: Ask
                  parameters: {reasoningEffort: Endless}
                  delivery:
                    mode: Sidecar
                    rollback: Sometimes
                    rollout: {policy: AtNight}
                    selector: {matchExpressions: [{key: a, operator: Near, values: [b]}]}
                """,
                ModelConfig.class)
            .getSpec();

    assertThat(spec.getDelivery().getMode()).isNull();
    assertThat(spec.unknownWords()).containsExactly(entry("unsupportedParameters", "Ask"));
    assertThat(spec.getParameters().unknownWords())
        .containsExactly(entry("reasoningEffort", "Endless"));
    assertThat(spec.getDelivery().unknownWords())
        .containsExactly(entry("mode", "Sidecar"), entry("rollback", "Sometimes"));
    assertThat(spec.getDelivery().getRollout().unknownWords())
        .containsExactly(entry("policy", "AtNight"));
    assertThat(spec.getDelivery().getSelector().getMatchExpressions().getFirst().unknownWords())
        .containsExactly(entry("operator", "Near"));
  }

  /// A watch reads a list and then single objects, each in its own way.
  @SuppressWarnings("NullAway") // The manifest sets every field that is looked at.
  @Test
  void theWordIsKeptHoweverTheObjectIsRead() {
    var json =
        """
        {"apiVersion":"llmconfig.dev/v1alpha1","kind":"ModelConfig","metadata":{"name":"x"},\
        "spec":{"model":"m","delivery":{"mode":"Sidecar"}}}\
        """;
    var reading = Reading.lenient();
    var one = reading.unmarshal(json, ModelConfig.class);
    var list =
        reading.unmarshal(
            "{\"apiVersion\":\"llmconfig.dev/v1alpha1\",\"kind\":\"ModelConfigList\",\"items\":[%s]}"
                .formatted(json),
            new TypeReference<DefaultKubernetesResourceList<ModelConfig>>() {});
    var converted =
        reading.convertValue(reading.unmarshal(json, ObjectNode.class), ModelConfig.class);

    assertThat(Stream.concat(Stream.of(one, converted), list.getItems().stream()))
        .extracting(config -> config.getSpec().getDelivery().unknownWords().get("mode"))
        .containsExactly("Sidecar", "Sidecar", "Sidecar");
    assertThat(reading.asJson(one)).doesNotContain("Sidecar", "unknownWords");
  }

  @Test
  void ofForeignSecretsNothingIsKeptThatCouldHoldAKey() {
    var secret =
        Reading.barest()
            .unmarshal(
                """
                apiVersion: meta.k8s.io/v1
                kind: PartialObjectMetadata
                metadata:
                  name: x
                  namespace: team
                  resourceVersion: "7"
                  labels: {a: b}
                  annotations:
                    kubectl.kubernetes.io/last-applied-configuration: '{"stringData":{"k":"canary"}}'
                  managedFields: [{manager: canary}]
                """,
                GenericKubernetesResource.class);

    assertThat(secret.toString()).doesNotContain("canary");
    assertThat(secret.getMetadata().getResourceVersion()).isEqualTo("7");
    assertThat(secret.getMetadata().getLabels()).containsEntry("a", "b");
  }
}
