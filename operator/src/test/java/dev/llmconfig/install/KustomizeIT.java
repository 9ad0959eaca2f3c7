package dev.llmconfig.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What kustomize users get, with the kustomize that is in kubectl.
class KustomizeIT {

  private static final Path HELM = Chart.FILES.resolveSibling("");
  private static final Path BASES = HELM.resolve("kustomize");

  @TempDir Path folder;

  /// With `-Dchart.update=true` they are rendered anew.
  @ParameterizedTest
  @ValueSource(strings = {"default", "namespaced"})
  void aBaseIsTheChartRendered(String base) throws IOException {
    var target = Boolean.getBoolean("chart.update") ? BASES : folder;
    Program.run("", HELM.resolve("render").toString(), target.toString()).orFail();

    assertThat(BASES.resolve(base).resolve("install.yaml"))
        .hasSameTextualContentAs(target.resolve(base).resolve("install.yaml"));
    var objects = built(BASES.resolve(base));
    assertThat(objects)
        .extracting(ValueSet::id)
        .contains("Namespace/llm-config", "Deployment/llm-config");
    assertThat(
            objects.stream()
                .anyMatch(one -> ValueSet.id(one).equals("ClusterRole/llm-config-operator")))
        .isEqualTo(base.equals("default"));
    // What is for `helm test` would run at each apply.
    assertThat(objects).extracting(ValueSet::id).noneMatch(id -> id.startsWith("Pod/"));
  }

  /// Flux builds the folder of a Kustomization as kustomize does, with the patches that it names.
  @Test
  void fluxGivesTheReleaseItsValues() throws IOException {
    var operator =
        Yaml.documents(Files.readString(HELM.resolve("gitops/flux.yaml"))).stream()
            .filter(one -> one.at("/spec").has("patches"))
            .findFirst()
            .orElseThrow();
    Files.copy(HELM.resolve("gitops/flux/release.yaml"), folder.resolve("release.yaml"));
    var kustomization = Yaml.documents("resources: [release.yaml]").getFirst();
    ((ObjectNode) kustomization).set("patches", operator.at("/spec/patches"));
    Files.writeString(folder.resolve("kustomization.yaml"), Yaml.write(kustomization));

    assertThat(built(folder))
        .singleElement()
        .satisfies(release -> {
          assertThat(ValueSet.id(release)).isEqualTo("HelmRelease/llm-config");
          assertThat(release.at("/spec/values/replicas").asInt()).isEqualTo(2);
        });
  }

  @Test
  void referencesFollowHashPrefixAndSuffix() throws IOException {
    Files.copy(BASES.resolve("kustomizeconfig.yaml"), folder.resolve("kustomizeconfig.yaml"));
    Files.writeString(
        folder.resolve("kustomization.yaml"),
        """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        namePrefix: eu-
        nameSuffix: -blue
        configurations: [kustomizeconfig.yaml]
        resources: [objects.yaml]
        secretGenerator: [{name: openai, literals: [api-key=sk-not-a-real-key]}]
        configMapGenerator: [{name: authority, literals: [ca.crt=none]}]
        """);
    Files.writeString(
        folder.resolve("objects.yaml"),
        """
        apiVersion: llmconfig.dev/v1alpha1
        kind: ApiKeyConfig
        metadata: {name: openai}
        spec:
          provider: OpenAI
          secretRef: {name: openai, key: api-key}
          caRef: {kind: ConfigMap, name: authority, key: ca.crt}
        ---
        apiVersion: llmconfig.dev/v1alpha1
        kind: ModelConfig
        metadata: {name: support}
        spec: {apiKeyRef: {name: openai}, model: gpt-5-mini, fallbackRefs: [{name: spare}]}
        ---
        apiVersion: llmconfig.dev/v1alpha1
        kind: ModelConfig
        metadata: {name: spare}
        spec: {apiKeyRef: {name: openai}, model: gpt-5-nano}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: chat, labels: {llmconfig.dev/model-config: support}}
        spec: {}
        """);

    var objects = built(folder);

    var key = object(objects, "ApiKeyConfig/eu-openai-blue");
    assertThat(key.at("/spec/secretRef/name").asText())
        .startsWith("eu-openai-blue-")
        .isEqualTo(named(objects, "Secret"));
    assertThat(key.at("/spec/caRef/name").asText()).isEqualTo(named(objects, "ConfigMap"));
    var model = object(objects, "ModelConfig/eu-support-blue");
    assertThat(model.at("/spec/apiKeyRef/name").asText()).isEqualTo("eu-openai-blue");
    assertThat(model.at("/spec/fallbackRefs/0/name").asText()).isEqualTo("eu-spare-blue");
    assertThat(
            object(objects, "Deployment/eu-chat-blue")
                .at("/metadata/labels/llmconfig.dev~1model-config")
                .asText())
        .isEqualTo("eu-support-blue");
  }

  private static List<JsonNode> built(Path kustomization) {
    return Yaml.documents(
        Program.run("", "kubectl", "kustomize", kustomization.toString()).orFail());
  }

  private static JsonNode object(List<JsonNode> objects, String id) {
    return objects.stream().filter(one -> ValueSet.id(one).equals(id)).findFirst().orElseThrow();
  }

  private static String named(List<JsonNode> objects, String kind) {
    return objects.stream()
        .filter(one -> one.path("kind").asText().equals(kind))
        .findFirst()
        .orElseThrow()
        .at("/metadata/name")
        .asText();
  }
}
