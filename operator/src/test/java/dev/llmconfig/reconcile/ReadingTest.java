package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Validated;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
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
