package dev.llmconfig.crd;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.CrdRevision;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;
import java.util.Map;

/// What the annotations of the beans cannot say. The rest of the CRDs is said there.
record CrdPostProcessor(long revision) implements CRDPostProcessor {

  /// By the rules of kstatus an object without a status is current, so whoever waits for it (Helm,
  /// Flux) would go on before the operator has seen it; one that describes another generation is
  /// still in progress.
  private static final ObjectNode NOBODY_HAS_LOOKED =
      JsonNodeFactory.instance.objectNode().put("observedGeneration", -1);

  @Override
  public HasMetadata process(HasMetadata generated, String version) {
    var crd = (CustomResourceDefinition) generated;
    crd.getMetadata().setAnnotations(Map.of(Annotations.CRD_REVISION, Long.toString(revision)));
    for (var served : crd.getSpec().getVersions()) {
      served.setAdditionalPrinterColumns(Columns.of(crd.getSpec().getNames().getKind()));
      complete(crd, Schema.of(served));
    }
    return crd;
  }

  private void complete(CustomResourceDefinition crd, Schema schema) {
    root(crd.getSpec().getNames().getKind(), schema.root());
    // The annotation takes a right on CRDs to be read, the description none.
    schema
        .root()
        .setDescription(schema.root().getDescription() + " " + CrdRevision.sentence(revision));
    schema.at("spec").setDescription("What is wanted.");
    schema.at("status").setDescription("What was found and done. Written by the operator alone.");
    schema.at("status").setDefault(NOBODY_HAS_LOOKED);
    Conditions.complete(schema);
    schema.forEach(CrdPostProcessor::listType);
    schema.forEach(CrdPostProcessor::range);
    schema.forEach(CrdPostProcessor::noRulesForStatus);
    switch (crd.getSpec().getNames().getKind()) {
      case "ApiKeyConfig" -> {
        EndpointRules.addTo(schema);
        ProviderRules.addTo(schema);
      }
      case "ModelConfig" -> ExtraRules.addTo(schema);
      case String other -> throw new IllegalStateException("No rules are known for " + other);
    }
  }

  private static void root(String kind, JSONSchemaProps root) {
    root.setDescription(Descriptions.of(kind));
    root.setRequired(List.of("spec"));
    var name = new JSONSchemaProps();
    name.setType("string");
    // Labels carry the names of both kinds.
    name.setMaxLength(63L);
    var metadata = new JSONSchemaProps();
    metadata.setType("object");
    metadata.setProperties(Map.of("name", name));
    root.getProperties().put("metadata", metadata);
  }

  /// Lists that people merge are list-maps; sets refuse duplicates by themselves; the others are
  /// atomic, because their order matters or because one writer writes them whole.
  private static void listType(String path, JSONSchemaProps schema) {
    if (schema.getItems() != null) {
      switch (path) {
        case "spec.headers" -> listMap(schema, "name");
        case "spec.models.additional" -> listMap(schema, "id");
        case "status.conditions" -> listMap(schema, "type");
        case "spec.models.allow", "spec.delivery.containers" ->
            schema.setXKubernetesListType("set");
        default -> schema.setXKubernetesListType("atomic");
      }
    } else if (path.endsWith(".selector")) {
      schema.setXKubernetesMapType("atomic");
    } else if (path.endsWith(".matchLabels")) {
      schema.setMaxProperties(16L);
    }
  }

  private static void listMap(JSONSchemaProps schema, String key) {
    schema.setXKubernetesListType("map");
    schema.setXKubernetesListMapKeys(List.of(key));
  }

  /// What the fields of the beans can hold: a number that is too large, or a time that is none,
  /// would be stored, and then end every read of its kind.
  private static void range(String path, JSONSchemaProps schema) {
    if ("integer".equals(schema.getType())) {
      if (path.startsWith("status.")) {
        schema.setFormat(path.endsWith(".observedGeneration") ? "int64" : "int32");
      } else if (schema.getMaximum() == null) {
        // Not the format int32: its refusal comes without the field in front, and stops all rules.
        schema.setMaximum((double) Integer.MAX_VALUE);
      }
    } else if (path.endsWith("Time") || path.endsWith("Until")) {
      schema.setFormat("date-time");
    }
  }

  /// Types that spec and status share bring their rules along; the status has one writer, and a
  /// rule that a later version makes stricter must not stop it.
  private static void noRulesForStatus(String path, JSONSchemaProps schema) {
    if (path.startsWith("status.")) {
      schema.setXKubernetesValidations(null);
    }
  }
}
