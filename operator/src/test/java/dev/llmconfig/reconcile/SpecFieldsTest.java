package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.llmconfig.agent.Profiles;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.domain.ModelSettings;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.plan.Listed;
import dev.llmconfig.plan.ModelObserved;
import dev.llmconfig.plan.ModelPlanner;
import dev.llmconfig.plan.RememberedModel;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Of every field of a ModelConfig that the API has, whether another value is another revision. A
/// field that is added to the API and not here fails (traps R9, R10).
class SpecFieldsTest {

  private static final KubernetesSerialization OBJECTS = Reading.lenient();
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Catalogue CATALOGUE = Catalogue.packed();
  private static final Path CRD = Path.of("..", "crds", "modelconfigs.llmconfig.dev.yaml");

  private static final String SPEC =
      """
      apiKeyRef: {name: openai}
      model: gpt-4.1-mini
      """;

  private enum Renames {
    YES,
    NO
  }

  private record Case(Renames renames, String value) {}

  private static final Map<String, Case> CASES =
      new TreeMap<>(
          Map.ofEntries(
              yes("apiKeyRef.name", "second"),
              yes("model", "gpt-4.1"),
              no("displayName", "For people"),
              no("isDefault", "true"),
              yes("parameters.temperature", "0.3"),
              yes("parameters.topP", "0.3"),
              yes("parameters.maxOutputTokens", "3"),
              yes("parameters.stopSequences", "[END]"),
              // Not taken by this model, so it is dropped and nothing changes.
              no("parameters.reasoningEffort", "Low"),
              yes("parameters.timeoutSeconds", "3"),
              yes("parameters.extra", "{seed: 3}"),
              no("unsupportedParameters", "Reject"),
              no("fallbackRefs", "[{name: other}]"),
              yes("delivery.mode", "EnvFrom"),
              yes("delivery.profile", "generic"),
              no("delivery.selector.matchLabels", "{a: b}"),
              no("delivery.selector.matchExpressions", "[{key: a, operator: Exists}]"),
              yes("delivery.containers", "[agent]"),
              // Nothing reads it before there is a gateway.
              no("delivery.virtualKeyRef.name", "chat-team"),
              yes("delivery.fileMountPath", "/srv/llm"),
              no("delivery.rollout.policy", "Manual"),
              no("delivery.rollout.maxParallel", "1"),
              no("delivery.rollout.minIntervalSeconds", "9"),
              no("delivery.rollback", "Never"),
              no("suspend", "true")));

  @Test
  void everyFieldOfTheApiIsDecidedAbout() throws IOException {
    var fields = new TreeSet<String>();
    leaves("", schema(), fields);

    assertThat(fields).isEqualTo(CASES.keySet());
  }

  @TestFactory
  Stream<DynamicTest> anotherValueIsAnotherRevisionWhereItReachesAgents() throws IOException {
    var before = name(YAML.readTree(SPEC));
    return CASES.entrySet().stream()
        .map(field ->
            DynamicTest.dynamicTest(
                field.getKey(),
                () ->
                    assertThat(!name(with(field.getKey(), field.getValue().value())).equals(before))
                        .as("another %s is another revision", field.getKey())
                        .isEqualTo(field.getValue().renames() == Renames.YES)));
  }

  private static JsonNode with(String path, String value) throws IOException {
    var spec = (ObjectNode) YAML.readTree(SPEC);
    var at = spec;
    var steps = List.of(path.split("[.]", -1));
    for (var step : steps.subList(0, steps.size() - 1)) {
      at = at.has(step) ? (ObjectNode) at.get(step) : at.putObject(step);
    }
    at.set(steps.getLast(), YAML.readTree(value));
    return spec;
  }

  private static String name(JsonNode spec) {
    var config = new ModelConfig();
    config.getMetadata().setNamespace("team");
    config.getMetadata().setName("support");
    config.setSpec(OBJECTS.convertValue(spec, dev.llmconfig.api.v1alpha1.ModelConfigSpec.class));
    if (!(Parsing.model(config) instanceof Validated.Valid<ModelSettings>(var declared))) {
      throw new AssertionError(Parsing.model(config));
    }
    var seen =
        new ModelObserved(
            declared,
            Parsing.keyState(Optional.of(key(declared.apiKey()))),
            CATALOGUE,
            Profiles.builtIn(),
            Listed.UNKNOWN,
            List.of(),
            Optional.empty(),
            RememberedModel.NOTHING,
            Optional.empty(),
            false,
            Instant.parse("2026-08-20T12:00:00Z"));
    return ModelPlanner.judge(seen).wanted().orElseThrow().name();
  }

  private static ApiKeyConfig key(String name) {
    return OBJECTS.unmarshal(
        """
        metadata: {namespace: team, name: %s, generation: 1}
        spec: {provider: OpenAI, secretRef: {name: a}}
        status:
          observedGeneration: 1
          revision: r-7c1d
          endpoint: https://api.openai.com/v1
          conditions: [{type: Ready, status: "True", reason: Verified}]
        """
            .formatted(name),
        ApiKeyConfig.class);
  }

  private static JsonNode schema() throws IOException {
    return YAML.readTree(CRD.toFile())
        .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
  }

  /// Fields with a value of their own; a list and a free object are one.
  private static void leaves(String path, JsonNode schema, Set<String> found) {
    var free = schema.path("x-kubernetes-preserve-unknown-fields").asBoolean();
    var properties = schema.path("properties");
    if (free || properties.isMissingNode()) {
      found.add(path);
      return;
    }
    Objects.requireNonNull(properties)
        .properties()
        .forEach(field ->
            leaves(
                path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                field.getValue(),
                found));
  }

  private static Map.Entry<String, Case> yes(String field, String value) {
    return Map.entry(field, new Case(Renames.YES, value));
  }

  private static Map.Entry<String, Case> no(String field, String value) {
    return Map.entry(field, new Case(Renames.NO, value));
  }
}
