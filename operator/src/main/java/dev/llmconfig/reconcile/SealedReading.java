package dev.llmconfig.reconcile;

import dev.llmconfig.api.Labels;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.plan.SealedSecret;
import dev.llmconfig.plan.SealedSeen;
import dev.llmconfig.plan.SealedSeen.Progress;
import dev.llmconfig.plan.SealedSeen.Unsealed;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a SealedSecret and the Secret of its name are to a key.
final class SealedReading {

  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  private SealedReading() {}

  static SealedSeen of(
      SealedSecret wanted, Optional<GenericKubernetesResource> sealed, Optional<Secret> secret) {
    return sealed
        .map(found -> found(wanted, found, secret))
        .orElseGet(() -> new SealedSeen.Absent(unsealed(Optional.empty(), secret)));
  }

  private static SealedSeen found(
      SealedSecret wanted, GenericKubernetesResource sealed, Optional<Secret> secret) {
    if (!ours(wanted.owner(), wanted.ownerUid(), wanted.installation(), sealed)) {
      return new SealedSeen.Foreign();
    }
    if (sealed.isMarkedForDeletion()) {
      return new SealedSeen.Leaving();
    }
    return new SealedSeen.Ours(
        version(sealed),
        carries(json(sealed), json(SealedSecretObject.of(asMade(wanted, sealed)))),
        progress(sealed),
        unsealed(Optional.of(sealed.getMetadata().getUid()), secret));
  }

  /// Whose installation made it is no reason to write it: two that see the same key would take
  /// turns for ever.
  private static SealedSecret asMade(SealedSecret wanted, GenericKubernetesResource sealed) {
    var installation = label(sealed, Labels.INSTALLATION);
    return installation == null ? wanted : wanted.madeBy(installation);
  }

  /// By our labels. The id of the installation goes with the fingerprint key, which may have been
  /// lost; what belongs to this very object is ours all the same.
  static boolean ours(
      Ref owner, String ownerUid, String installation, GenericKubernetesResource sealed) {
    return Labels.OPERATOR.equals(label(sealed, Labels.MANAGED_BY))
        && owner.name().equals(label(sealed, Labels.API_KEY))
        && (installation.equals(label(sealed, Labels.INSTALLATION))
            || owners(sealed).stream().anyMatch(one -> one.getUid().equals(ownerUid)));
  }

  static SealedSeen.Version version(GenericKubernetesResource sealed) {
    var meta = sealed.getMetadata();
    return new SealedSeen.Version(meta.getUid(), meta.getResourceVersion());
  }

  /// Whether a Secret was made for this key: nobody else's SealedSecret gives its Secret our label.
  static boolean madeFor(String key, HasMetadata secret) {
    return key.equals(label(secret, Labels.API_KEY)) && controller(secret).isPresent();
  }

  private static Unsealed unsealed(Optional<String> sealedUid, Optional<Secret> secret) {
    if (secret.isEmpty()) {
      return Unsealed.Absent;
    }
    return controller(secret.get())
        .map(owner ->
            sealedUid.filter(owner.getUid()::equals).isPresent()
                ? Unsealed.Ours
                : Unsealed.Leftover)
        .orElse(Unsealed.Foreign);
  }

  private static Optional<OwnerReference> controller(HasMetadata secret) {
    return owners(secret).stream()
        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
        .filter(owner -> owner.getKind().equals(SealedSecretObject.KIND))
        .filter(owner -> owner.getApiVersion().startsWith("bitnami.com/"))
        .filter(owner -> owner.getName().equals(secret.getMetadata().getName()))
        .findFirst();
  }

  private static List<OwnerReference> owners(HasMetadata object) {
    return Objects.requireNonNullElse(object.getMetadata().getOwnerReferences(), List.of());
  }

  private static @Nullable String label(HasMetadata object, String name) {
    var labels = object.getMetadata().getLabels();
    return labels == null ? null : labels.get(name);
  }

  /// The Secret is written before the status, so a status of this generation is what proves that
  /// the Secret, when it is read after it, is not of the generation before.
  static Progress progress(GenericKubernetesResource sealed) {
    var observed = sealed.<Object>get("status", "observedGeneration");
    if (!(observed instanceof Number number)
        || number.longValue() != sealed.getMetadata().getGeneration()) {
      return Progress.Awaited;
    }
    var conditions = sealed.<Object>get("status", "conditions");
    return conditions instanceof List<?> all
        ? all.stream()
            .filter(Map.class::isInstance)
            .map(Map.class::cast)
            .filter(one -> "Synced".equals(one.get("type")))
            .map(one -> progress(one.get("status")))
            .findFirst()
            .orElse(Progress.Awaited)
        : Progress.Awaited;
  }

  private static Progress progress(@Nullable Object synced) {
    if ("True".equals(synced)) {
      return Progress.Opened;
    }
    return "False".equals(synced) ? Progress.Refused : Progress.Awaited;
  }

  private static Object json(GenericKubernetesResource object) {
    return JSON.convertValue(object, Map.class);
  }

  /// Whether everything of the second is in the first; what others have added is theirs.
  private static boolean carries(@Nullable Object observed, @Nullable Object wanted) {
    return switch (wanted) {
      case Map<?, ?> fields ->
          observed instanceof Map<?, ?> there
              ? fields.entrySet().stream()
                  .allMatch(field -> carries(there.get(field.getKey()), field.getValue()))
              : fields.isEmpty();
      case List<?> items ->
          observed instanceof List<?> there
              ? items.stream().allMatch(item -> there.stream().anyMatch(one -> carries(one, item)))
              : items.isEmpty();
      case null, default -> Objects.equals(observed, wanted);
    };
  }
}
