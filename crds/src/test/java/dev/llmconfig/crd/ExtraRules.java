package dev.llmconfig.crd;

import dev.llmconfig.api.ReservedParameter;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsOrArray;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import java.util.LinkedHashMap;

/// `extra` is free but for the names that something else decides. CEL sees only fields with a type,
/// so each of these has one, and a rule that refuses it; all others are kept as they are.
final class ExtraRules {

  static void addTo(Schema schema) {
    var extra = schema.at("spec.parameters.extra");
    extra.setMaxProperties(64L);
    extra.setXKubernetesPreserveUnknownFields(true);
    extra.setProperties(new LinkedHashMap<>());
    for (var reserved : ReservedParameter.values()) {
      extra.getProperties().put(reserved.key(), typed(reserved));
      Schema.addRule(
          extra,
          new ValidationRuleBuilder()
              .withRule("!has(self." + reserved.key() + ")")
              .withReason("FieldValueForbidden")
              .withFieldPath("." + reserved.key())
              .withMessage(reserved.key() + " is not for extra: " + reserved.remedy())
              .build());
    }
  }

  private static JSONSchemaProps typed(ReservedParameter reserved) {
    var schema =
        switch (reserved.type()) {
          case NUMBER -> of("number");
          case INTEGER -> of("integer");
          case STRING -> of("string");
          case BOOLEAN -> of("boolean");
          case STRINGS -> listOf(of("string"));
          case OBJECTS -> listOf(anyObject());
        };
    schema.setDescription("Refused here: " + reserved.remedy() + ".");
    return schema;
  }

  private static JSONSchemaProps listOf(JSONSchemaProps item) {
    var schema = of("array");
    schema.setItems(new JSONSchemaPropsOrArray());
    schema.getItems().setSchema(item);
    return schema;
  }

  private static JSONSchemaProps anyObject() {
    var schema = of("object");
    schema.setXKubernetesPreserveUnknownFields(true);
    return schema;
  }

  private static JSONSchemaProps of(String type) {
    var schema = new JSONSchemaProps();
    schema.setType(type);
    return schema;
  }

  private ExtraRules() {}
}
