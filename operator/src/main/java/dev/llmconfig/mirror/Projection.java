package dev.llmconfig.mirror;

import dev.llmconfig.api.Labels;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.domain.Ref;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Objects as rows. Total: whatever the API server let in has a row, because a row that is missing
/// says that the object is not there.
final class Projection {

  private Projection() {}

  /// @param managed the managed Secret
  /// @param facts what was found out about the key
  static KeyRow key(ApiKeyConfig config, Optional<Secret> managed, Optional<ConfigMap> facts) {
    return KeyProjection.row(config, managed, facts.filter(found -> ours(found, config)));
  }

  static RowChange.ModelsAre models(
      ApiKeyConfig config, KeyRow row, Optional<ConfigMap> facts, Catalogue catalogue) {
    return new ModelsProjection(config, row, facts.filter(found -> ours(found, config)), catalogue)
        .change();
  }

  /// The key that an object was made for, if it says so.
  static Optional<Ref> owner(HasMetadata object) {
    return Optional.ofNullable(object.getMetadata().getLabels())
        .map(labels -> labels.get(Labels.API_KEY))
        .map(name -> new Ref(text(object.getMetadata().getNamespace()), name));
  }

  static String annotation(HasMetadata object, String name) {
    return Optional.ofNullable(object.getMetadata().getAnnotations())
        .map(all -> all.get(name))
        .orElse("");
  }

  /// What was made for an earlier object of that name is nothing of this one.
  private static boolean ours(ConfigMap facts, ApiKeyConfig key) {
    var owners = facts.getMetadata().getOwnerReferences();
    return owner(facts).filter(ref(key)::equals).isPresent()
        && owners != null
        && owners.stream().anyMatch(one -> text(one.getUid()).equals(key.getMetadata().getUid()));
  }

  static ModelConfigRow modelConfig(ModelConfig config) {
    return ModelConfigProjection.row(config);
  }

  static Ref ref(HasMetadata object) {
    return new Ref(text(object.getMetadata().getNamespace()), text(object.getMetadata().getName()));
  }

  static ObjectVersion version(HasMetadata object) {
    var meta = object.getMetadata();
    return new ObjectVersion(
        text(meta.getUid()),
        meta.getGeneration() == null ? 0 : meta.getGeneration(),
        text(meta.getResourceVersion()),
        text(meta.getCreationTimestamp()),
        meta.getDeletionTimestamp() != null,
        newest(meta, false),
        newest(meta, true),
        Json.text(Marks.of(meta)));
  }

  static Readiness readiness(@Nullable List<Condition> conditions) {
    return condition(conditions, "Ready");
  }

  static Readiness condition(@Nullable List<Condition> conditions, String type) {
    return conditions == null
        ? Readiness.UNTOLD
        : conditions.stream()
            .filter(condition -> type.equals(condition.getType()))
            .findFirst()
            .map(ready ->
                new Readiness(
                    text(ready.getStatus()), text(ready.getReason()), text(ready.getMessage())))
            .orElse(Readiness.UNTOLD);
  }

  static String text(@Nullable Object value) {
    return Objects.toString(value, "");
  }

  static boolean wantsToBeDefault(ModelConfig config) {
    return config.getSpec() != null && yes(config.getSpec().getIsDefault());
  }

  static boolean yes(@Nullable Boolean value) {
    return Boolean.TRUE.equals(value);
  }

  static OptionalInt number(@Nullable Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }

  /// Times have whole seconds; of two equal ones the later in the list was written later.
  private static String newest(ObjectMeta meta, boolean statusToo) {
    var manager = "";
    var time = "";
    if (meta.getManagedFields() != null) {
      for (var entry : meta.getManagedFields()) {
        var counts = statusToo || text(entry.getSubresource()).isEmpty();
        if (counts && text(entry.getTime()).compareTo(time) >= 0) {
          manager = text(entry.getManager());
          time = text(entry.getTime());
        }
      }
    }
    return manager;
  }
}
