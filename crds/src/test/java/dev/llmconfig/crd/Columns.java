package dev.llmconfig.crd;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinitionBuilder;
import java.util.List;

/// What `kubectl get` shows, in this order; the wide columns come last, as everywhere. Here and not
/// on the beans, because the generator sorts columns by their path.
final class Columns {

  private static final String READY = ".status.conditions[?(@.type==\"Ready\")]";

  static List<CustomResourceColumnDefinition> of(String kind) {
    return switch (kind) {
      case "ApiKeyConfig" ->
          List.of(
              column("Provider", "string", ".spec.provider"),
              column("Ready", "string", READY + ".status"),
              column("Reason", "string", READY + ".reason"),
              column("Key", "string", ".status.maskedKey"),
              column("Models", "integer", ".status.modelCount"),
              column("Used-By", "integer", ".status.usedBy"),
              column("Checked", "date", ".status.lastVerifiedTime"),
              column("Age", "date", ".metadata.creationTimestamp"),
              wide("Endpoint", "string", ".status.endpoint"),
              wide("Source", "string", ".status.conditions[?(@.type==\"Resolved\")].reason"),
              // Not a date: kubectl shows the age of dates, and this one is in the future.
              wide("Expires", "string", ".spec.expiresAt"));
      case "ModelConfig" ->
          List.of(
              column("Model", "string", ".spec.model"),
              column("Provider", "string", ".status.resolved.provider"),
              column("Default", "boolean", ".spec.isDefault"),
              column("Ready", "string", READY + ".status"),
              column("Reason", "string", READY + ".reason"),
              column("Agents", "string", ".status.agents"),
              column("Age", "date", ".metadata.creationTimestamp"),
              wide("Key", "string", ".spec.apiKeyRef.name"),
              wide("Mode", "string", ".status.applied.mode"),
              wide("Profile", "string", ".status.applied.profile"),
              wide("Temp", "number", ".spec.parameters.temperature"),
              wide("MaxTokens", "integer", ".spec.parameters.maxOutputTokens"),
              wide("Retires", "string", ".status.resolved.retiresOn"));
      default -> throw new IllegalArgumentException("No columns are known for " + kind);
    };
  }

  private static CustomResourceColumnDefinition column(String name, String type, String path) {
    return new CustomResourceColumnDefinitionBuilder()
        .withName(name)
        .withType(type)
        .withJsonPath(path)
        .build();
  }

  private static CustomResourceColumnDefinition wide(String name, String type, String path) {
    return column(name, type, path).edit().withPriority(1).build();
  }

  private Columns() {}
}
