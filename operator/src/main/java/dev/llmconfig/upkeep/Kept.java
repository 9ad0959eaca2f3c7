package dev.llmconfig.upkeep;

import dev.llmconfig.domain.Keeper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Whose object it is, by the same signs as everywhere else.
final class Kept {

  private Kept() {}

  static Optional<Keeper> by(HasMetadata object) {
    var meta = object.getMetadata();
    var controller =
        Objects.requireNonNullElse(meta.getOwnerReferences(), List.<OwnerReference>of()).stream()
            .filter(owner -> Boolean.TRUE.equals(owner.getController()))
            .findFirst()
            .map(owner -> Map.of("kind", owner.getKind(), "name", owner.getName()))
            .orElseGet(Map::of);
    return Keeper.of(
        new Keeper.Signs(
            Objects.requireNonNullElse(meta.getLabels(), Map.of()),
            Objects.requireNonNullElse(meta.getAnnotations(), Map.of()),
            Objects.requireNonNullElse(meta.getManagedFields(), List.<ManagedFieldsEntry>of())
                .stream()
                .map(ManagedFieldsEntry::getManager)
                .filter(Objects::nonNull)
                .distinct()
                .toList(),
            controller),
        "%s/%s:%s/%s"
            .formatted(
                object.getApiVersion().replaceAll("/?[^/]*$", ""),
                object.getKind(),
                meta.getNamespace(),
                meta.getName()));
  }
}
