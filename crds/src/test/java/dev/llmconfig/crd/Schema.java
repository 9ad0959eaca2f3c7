package dev.llmconfig.crd;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// A schema whose parts are found by the path of their field; items of lists have the path of the
/// list with `[]` behind it, values of maps with `{}`.
record Schema(JSONSchemaProps root) {

  static Schema of(CustomResourceDefinitionVersion version) {
    return new Schema(version.getSchema().getOpenAPIV3Schema());
  }

  JSONSchemaProps at(String path) {
    var found = new ArrayList<JSONSchemaProps>();
    forEach((candidate, schema) -> {
      if (candidate.equals(path)) {
        found.add(schema);
      }
    });
    if (found.isEmpty()) {
      throw new IllegalArgumentException("The schema has no field " + path);
    }
    return found.getFirst();
  }

  void forEach(BiConsumer<String, JSONSchemaProps> visitor) {
    visit("", root, visitor);
  }

  private static void visit(
      String path, JSONSchemaProps schema, BiConsumer<String, JSONSchemaProps> visitor) {
    visitor.accept(path, schema);
    if (schema.getProperties() != null) {
      schema
          .getProperties()
          .forEach((name, property) ->
              visit(path.isEmpty() ? name : path + "." + name, property, visitor));
    }
    if (schema.getItems() != null) {
      visit(path + "[]", schema.getItems().getSchema(), visitor);
    }
    if (schema.getAdditionalProperties() != null
        && schema.getAdditionalProperties().getSchema() != null) {
      visit(path + "{}", schema.getAdditionalProperties().getSchema(), visitor);
    }
  }

  static void addRule(JSONSchemaProps schema, ValidationRule rule) {
    var rules = new ArrayList<ValidationRule>();
    if (schema.getXKubernetesValidations() != null) {
      rules.addAll(schema.getXKubernetesValidations());
    }
    rules.add(rule);
    schema.setXKubernetesValidations(List.copyOf(rules));
  }
}
