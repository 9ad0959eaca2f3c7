package dev.llmconfig.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// How the client reads and writes our types.
class BeansTest {

  @SuppressWarnings("UnusedVariable") // The source of the parameters, found by reflection.
  private static final Object kinds = GeneratedCrds.KINDS;

  private final KubernetesSerialization client = new KubernetesSerialization();

  /// One object that an operator cannot read ends the watch of all.
  @Test
  void fieldsOfANewerVersionAreReadOver() {
    var config =
        client.unmarshal(
            """
            apiVersion: llmconfig.dev/v1alpha1
            kind: ApiKeyConfig
            metadata: {name: a}
            spec: {provider: Echo, colour: blue, models: {colour: blue}}
            status: {colour: blue}
            """,
            ApiKeyConfig.class);

    assertThat(config.getSpec().getProvider()).hasToString("Echo");
  }

  /// With server-side apply a null claims the field and takes its value away.
  @Test
  void whatIsUnsetIsNotWritten() {
    var config =
        client.unmarshal(
            """
            apiVersion: llmconfig.dev/v1alpha1
            kind: ApiKeyConfig
            metadata: {name: a}
            spec: {provider: Echo, models: {allow: []}}
            """,
            ApiKeyConfig.class);

    assertThat(client.asJson(config))
        .isEqualTo(
            """
            {"apiVersion":"llmconfig.dev/v1alpha1","kind":"ApiKeyConfig","metadata":{"name":"a"},\
            "spec":{"provider":"Echo","models":{"allow":[]}}}\
            """);
  }

  @ParameterizedTest
  @FieldSource("kinds")
  void theStatusHoldsAllThatTheOperatorReports(Class<? extends CustomResource<?, ?>> kind) {
    var status = StatusExamples.of(kind);
    var json =
        "{\"kind\":\"%s\",\"apiVersion\":\"llmconfig.dev/v1alpha1\",\"status\":%s}"
            .formatted(HasMetadata.getKind(kind), status);

    var survivor = client.asJson(client.unmarshal(json, kind));

    assertThat((Object) client.unmarshal(survivor, ObjectNode.class).get("status"))
        .isEqualTo(status);
  }

  @ParameterizedTest
  @FieldSource("kinds")
  void theExampleOfAStatusLeavesNoFieldOut(Class<? extends CustomResource<?, ?>> kind) {
    var missing = new ArrayList<String>();
    var crd = GeneratedCrds.parse(GeneratedCrds.yaml(kind, 1));
    Schema.of(crd.getSpec().getVersions().getFirst())
        .forEach((path, _) -> {
          if (path.startsWith("status.") && found(path, StatusExamples.of(kind)).isEmpty()) {
            missing.add(path);
          }
        });

    assertThat(missing).isEmpty();
  }

  /// The values at a path of a schema, for lists those of all items.
  private static List<JsonNode> found(String path, JsonNode status) {
    var nodes = List.of(status);
    for (var step : path.substring("status.".length()).split("[.]", -1)) {
      var field = step.replace("[]", "");
      nodes = nodes.stream().flatMap(node -> Stream.ofNullable(node.get(field))).toList();
      if (step.endsWith("[]")) {
        nodes =
            nodes.stream()
                .flatMap(list -> StreamSupport.stream(list.spliterator(), false))
                .toList();
      }
    }
    return nodes;
  }
}
