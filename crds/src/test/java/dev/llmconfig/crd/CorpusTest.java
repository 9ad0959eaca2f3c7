package dev.llmconfig.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigSpec;
import dev.llmconfig.api.v1alpha1.ModelConfigSpec;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What can be said about the corpus without an API server; [CorpusIT] asks the real one.
class CorpusTest {

  @Test
  void everyFileIsOneOfTheTwoSorts() {
    assertThat(Corpus.names()).allMatch(name -> name.matches("(in)?valid-[a-z0-9-]+[.]yaml"));
  }

  /// A rule that no file breaks is a rule that nobody has seen at work.
  @TestFactory
  Stream<DynamicTest> everyRuleHasAFileThatBreaksIt() {
    var files = Corpus.invalid();
    return GeneratedCrds.KINDS.stream()
        .flatMap(kind ->
            rules(kind).stream()
                .map(rule ->
                    DynamicTest.dynamicTest(
                        rule.field() + ": " + rule.message(),
                        () ->
                            assertThat(files)
                                .as(
                                    "no file breaks the rule of %s: %s",
                                    rule.field(), rule.message())
                                .anyMatch(file ->
                                    file.kind().equals(HasMetadata.getKind(kind))
                                        && rule.explains(file.expectMessage())))));
  }

  /// What a user may write must survive our types: a field that they lack, or spell otherwise,
  /// would vanish without a word.
  @TestFactory
  Stream<DynamicTest> everyValidSpecSurvivesTheBeans() {
    return Corpus.valid().stream()
        .map(file ->
            DynamicTest.dynamicTest(
                file.file(),
                () -> {
                  var spec = file.resource().get("spec");
                  var survivor = throughTheBean(file.resource().get("kind").asText(), spec);
                  assertThat(survivor.equals(CorpusTest::compare, spec))
                      .as("%s is still %s", survivor, spec)
                      .isTrue();
                }));
  }

  private static JsonNode throughTheBean(String kind, JsonNode spec) {
    var mapper = new ObjectMapper();
    var type =
        switch (kind) {
          case "ApiKeyConfig" -> mapper.constructType(ApiKeyConfigSpec.class);
          case "ModelConfig" -> mapper.constructType(ModelConfigSpec.class);
          default -> throw new IllegalArgumentException(kind);
        };
    return mapper.valueToTree(mapper.convertValue(spec, type));
  }

  /// `0` and `0.0` are one number.
  private static int compare(JsonNode a, JsonNode b) {
    if (a.isNumber() && b.isNumber()) {
      return a.decimalValue().compareTo(b.decimalValue());
    }
    return a.equals(b) ? 0 : 1;
  }

  private record Rule(String field, String message) {

    /// Whether the API server speaks of this rule, at this field.
    boolean explains(String answer) {
      var place =
          Stream.of(field.split("\\[]", -1))
              .map(Pattern::quote)
              .reduce((before, after) -> before + "\\[[0-9]+]" + after)
              .orElseThrow();
      return answer.matches("(?s)" + place + ": .*" + Pattern.quote(message));
    }
  }

  private static List<Rule> rules(Class<? extends CustomResource<?, ?>> kind) {
    var rules = new ArrayList<Rule>();
    var crd = GeneratedCrds.parse(GeneratedCrds.yaml(kind, 1));
    Schema.of(crd.getSpec().getVersions().getFirst())
        .forEach((path, schema) ->
            Stream.ofNullable(schema.getXKubernetesValidations())
                .flatMap(List::stream)
                .forEach(rule -> rules.add(new Rule(field(path, rule), rule.getMessage()))));
    return rules;
  }

  private static String field(String path, ValidationRule rule) {
    var field = rule.getFieldPath() == null ? path : path + rule.getFieldPath();
    return field.startsWith(".") ? field.substring(1) : field;
  }
}
