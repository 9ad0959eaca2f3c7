package dev.llmconfig.reconcile;

import dev.llmconfig.api.DeliveryMode;
import dev.llmconfig.api.Labels;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.AppliedSettings;
import dev.llmconfig.api.v1alpha1.Delivery;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.api.v1alpha1.ModelConfigSpec;
import dev.llmconfig.api.v1alpha1.ModelConfigStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which Secrets of ours agents were pointed at, and which of those are kept whatever the workloads
/// say.
record SweptSecrets(
    Function<ResourceID, Optional<ApiKeyConfig>> keys,
    Function<ResourceID, Optional<ModelConfig>> models) {

  /// The encrypted key and the key ring bear the label of ours, too, and are never swept.
  boolean stays(HasMetadata secret, Instant now) {
    return !swept(secret) || (environment(secret) ? given(secret) : inGracePeriod(secret, now));
  }

  private static boolean swept(HasMetadata secret) {
    return secret.getMetadata().getName().equals(ManagedNames.NO_KEY_SECRET)
        || environment(secret)
        || (!Labelled.label(secret, Labels.API_KEY).isEmpty() && !revision(secret).isEmpty());
  }

  /// Whether it is one that agents read by their own manifests.
  static boolean environment(HasMetadata secret) {
    return ManagedNames.environmentSecret(Labelled.label(secret, Labels.MODEL_CONFIG))
        .equals(secret.getMetadata().getName());
  }

  /// For as long as its ModelConfig has that mode, there is nothing that could tell that nobody
  /// reads it.
  private boolean given(HasMetadata secret) {
    return models.apply(named(secret, Labels.MODEL_CONFIG)).stream()
        .flatMap(SweptSecrets::modes)
        .anyMatch(DeliveryMode.EnvFrom::equals);
  }

  private static Stream<DeliveryMode> modes(ModelConfig model) {
    return Stream.concat(
        Optional.ofNullable(model.getSpec())
            .map(ModelConfigSpec::getDelivery)
            .map(Delivery::getMode)
            .stream(),
        Optional.ofNullable(model.getStatus())
            .map(ModelConfigStatus::getApplied)
            .map(AppliedSettings::getMode)
            .stream());
  }

  /// The key before the one in use.
  private boolean inGracePeriod(HasMetadata secret, Instant now) {
    return keys.apply(named(secret, Labels.API_KEY))
        .flatMap(key -> Optional.ofNullable(key.getStatus()))
        .flatMap(status -> Optional.ofNullable(status.getPrevious()))
        .filter(previous -> revision(secret).equals(previous.getRevision()))
        .filter(previous -> ends(previous.getUsableUntil()).isAfter(now))
        .isPresent();
  }

  private static ResourceID named(HasMetadata secret, String label) {
    return new ResourceID(Labelled.label(secret, label), secret.getMetadata().getNamespace());
  }

  private static String revision(HasMetadata secret) {
    var prefix = ManagedNames.encryptedSecret(Labelled.label(secret, Labels.API_KEY)) + "-";
    var name = secret.getMetadata().getName();
    return name.startsWith(prefix + "r-") ? name.substring(prefix.length()) : "";
  }

  private static Instant ends(@Nullable String text) {
    try {
      return text == null ? Instant.EPOCH : Instant.parse(text);
    } catch (DateTimeParseException _) {
      return Instant.EPOCH;
    }
  }
}
