package dev.llmconfig.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Objects;

/// The labels of an object, which has none before somebody gives it one.
final class Labelled {

  private Labelled() {}

  static Map<String, String> labels(HasMetadata object) {
    return Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.<String, String>of());
  }

  /// Empty where it does not have this label.
  static String label(HasMetadata object, String name) {
    return labels(object).getOrDefault(name, "");
  }
}
