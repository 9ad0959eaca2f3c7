package dev.llmconfig.crd;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.SelectableField;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// What holds for every field of both kinds, and what `kubectl get` shows.
class CrdSchemaTest {

  @SuppressWarnings("UnusedVariable") // The source of the parameters, found by reflection.
  private static final Object kinds = GeneratedCrds.KINDS;

  @ParameterizedTest
  @FieldSource("kinds")
  void everyFieldIsDescribed(Class<? extends CustomResource<?, ?>> kind) {
    assertThat(
            pathsWhere(
                kind,
                schema -> schema.getDescription() == null || schema.getDescription().isBlank()))
        .filteredOn(path -> !path.endsWith("[]") && !path.endsWith("{}"))
        .containsExactlyInAnyOrder("metadata", "metadata.name");
  }

  @ParameterizedTest
  @FieldSource("kinds")
  void descriptionsAreSentences(Class<? extends CustomResource<?, ?>> kind) {
    assertThat(
            pathsWhere(
                kind,
                schema ->
                    schema.getDescription() != null
                        && !schema.getDescription().matches("(?s)[A-Z].*[.]")))
        .isEmpty();
  }

  @ParameterizedTest
  @FieldSource("kinds")
  void nothingThatIsWantedHasADefault(Class<? extends CustomResource<?, ?>> kind) {
    assertThat(pathsWhere(kind, schema -> schema.getDefault() != null)).containsExactly("status");
  }

  @ParameterizedTest
  @FieldSource("kinds")
  void everyListSaysHowItIsMerged(Class<? extends CustomResource<?, ?>> kind) {
    assertThat(
            pathsWhere(
                kind,
                schema -> schema.getItems() != null && schema.getXKubernetesListType() == null))
        .filteredOn(path -> !path.startsWith("spec.parameters.extra."))
        .isEmpty();
  }

  /// Otherwise the API server refuses the CRD: a rule over something boundless costs too much.
  @ParameterizedTest
  @FieldSource("kinds")
  void everythingInTheSpecIsBounded(Class<? extends CustomResource<?, ?>> kind) {
    assertThat(
            pathsWhere(
                kind,
                schema ->
                    switch (schema.getType()) {
                      case "string" ->
                          schema.getMaxLength() == null
                              && schema.getEnum() == null
                              && schema.getFormat() == null;
                      case "array" -> schema.getMaxItems() == null;
                      case "integer", "number" ->
                          schema.getMaximum() == null || schema.getMinimum() == null;
                      case null, default -> false;
                    }))
        .filteredOn(path -> path.startsWith("spec."))
        .filteredOn(path -> !path.startsWith("spec.parameters.extra."))
        .isEmpty();
  }

  @ParameterizedTest
  @FieldSource("kinds")
  void rulesStandInTheSpecOnly(Class<? extends CustomResource<?, ?>> kind) {
    assertThat(pathsWhere(kind, schema -> !schema.getXKubernetesValidations().isEmpty()))
        .isNotEmpty()
        .noneMatch(path -> path.startsWith("status"));
  }

  @Test
  void columnsOfAnApiKeyConfigAreInTheDocumentedOrder() {
    assertThat(columns("ApiKeyConfig", 0))
        .containsExactly(
            "PROVIDER", "READY", "REASON", "KEY", "MODELS", "USED-BY", "CHECKED", "AGE");
    assertThat(columns("ApiKeyConfig", 1)).containsExactly("ENDPOINT", "SOURCE", "EXPIRES");
  }

  @Test
  void columnsOfAModelConfigAreInTheDocumentedOrder() {
    assertThat(columns("ModelConfig", 0))
        .containsExactly("MODEL", "PROVIDER", "DEFAULT", "READY", "REASON", "AGENTS", "AGE");
    assertThat(columns("ModelConfig", 1))
        .containsExactly("KEY", "MODE", "PROFILE", "TEMP", "MAXTOKENS", "RETIRES");
  }

  @Test
  void fieldsThatPeopleSelectByAreSelectable() {
    assertThat(version("ApiKeyConfig").getSelectableFields())
        .extracting(SelectableField::getJsonPath)
        .containsExactly(".spec.provider");
    assertThat(version("ModelConfig").getSelectableFields())
        .extracting(SelectableField::getJsonPath)
        .containsExactly(".spec.apiKeyRef.name", ".spec.model");
  }

  private static List<String> columns(String kind, int priority) {
    return version(kind).getAdditionalPrinterColumns().stream()
        .filter(column -> priority == (column.getPriority() == null ? 0 : column.getPriority()))
        .map(CustomResourceColumnDefinition::getName)
        // As kubectl prints it.
        .map(String::toUpperCase)
        .toList();
  }

  private static List<String> pathsWhere(
      Class<? extends CustomResource<?, ?>> kind, Predicate<JSONSchemaProps> fits) {
    var paths = new ArrayList<String>();
    Schema.of(version(HasMetadata.getKind(kind)))
        .forEach((path, schema) -> {
          if (fits.test(schema)) {
            paths.add(path);
          }
        });
    return paths;
  }

  private static CustomResourceDefinitionVersion version(String kind) {
    return GeneratedCrds.KINDS.stream()
        .map(type -> GeneratedCrds.parse(GeneratedCrds.yaml(type, 1)).getSpec())
        .filter(spec -> spec.getNames().getKind().equals(kind))
        .map(spec -> spec.getVersions().getFirst())
        .findFirst()
        .orElseThrow();
  }
}
