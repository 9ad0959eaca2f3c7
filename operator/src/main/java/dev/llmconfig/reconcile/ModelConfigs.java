package dev.llmconfig.reconcile;

import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The ModelConfigs that name a key.
final class ModelConfigs {

  private ModelConfigs() {}

  /// One that is being deleted uses it no longer.
  static List<ModelConfig> using(Context<ApiKeyConfig> context) {
    return context
        .getSecondaryResourcesAsStream(ModelConfig.class)
        .filter(one -> !one.isMarkedForDeletion())
        .toList();
  }

  /// The model of the oldest, which is the one to ask for a word: it is least likely to change.
  static Optional<String> oldest(List<ModelConfig> configs) {
    return configs.stream()
        .filter(one -> one.getSpec() != null && one.getSpec().getModel() != null)
        .min(
            Comparator.comparing((ModelConfig one) -> age(one))
                .thenComparing(one -> one.getMetadata().getName()))
        .map(one -> Objects.requireNonNull(one.getSpec()).getModel());
  }

  private static String age(ModelConfig config) {
    return Objects.requireNonNullElse(config.getMetadata().getCreationTimestamp(), "");
  }
}
