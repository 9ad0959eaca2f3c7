package dev.llmconfig.reconcile;

import dev.llmconfig.agent.Entry;
import dev.llmconfig.agent.KeyRef;
import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.Labels;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.plan.delivery.Need;
import dev.llmconfig.plan.rollout.Hindrance;
import dev.llmconfig.verify.Loan;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// The Secrets that manifests of agents name in mode EnvFrom: ours as a whole, and changed in
/// place, because the name in a manifest does not change.
final class EnvironmentSecrets {

  private final KubernetesClient client;
  private final Applier applier;
  private final Encryptions encryptions;
  private final BiFunction<Need.Environment, String, Loan> keys;
  private final InformerEventSource<GenericKubernetesResource, ModelConfig> secrets;

  /// What they held when they were looked at. The watch shows no content; but whoever changes it
  /// moves the version.
  private final Map<ResourceID, Seen> seen = new ConcurrentHashMap<>();

  private record Seen(String uid, long version, String rendered, String owner) {}

  /// @param keys lends the key that is to be in it, by namespace
  EnvironmentSecrets(
      KubernetesClient client,
      Applier applier,
      Encryptions encryptions,
      BiFunction<Need.Environment, String, Loan> keys,
      InformerEventSource<GenericKubernetesResource, ModelConfig> secrets) {
    this.client = client;
    this.applier = applier;
    this.encryptions = encryptions;
    this.keys = keys;
    this.secrets = secrets;
  }

  /// Sees to it that it is there and holds this.
  ///
  /// @return why that cannot be had; empty when it does
  Optional<Hindrance> provide(Need.Environment need, ModelConfig owner) {
    var id = new ResourceID(need.name(), owner.getMetadata().getNamespace());
    if (secrets.get(id).filter(cached -> holds(id, cached, need, owner)).isPresent()) {
      return Optional.empty();
    }
    var there = Optional.ofNullable(find(id));
    if (there.filter(one -> !ours(one, owner)).isPresent()) {
      return Optional.of(
          new Hindrance(
              ConditionReason.NameTaken,
              "Secret %s is there already and is not ours; rename or delete it"
                  .formatted(need.name())));
    }
    return switch (key(need, id)) {
      case Loan.Of(var bytes) -> {
        try (bytes) {
          yield written(id, need, owner, there, bytes);
        }
      }
      case Loan.NoKey _ -> {
        try (var unused = SecretBytes.taking(unused())) {
          yield written(id, need, owner, there, unused);
        }
      }
      // What it holds already goes on serving those who read it.
      case Loan.Withdrawn _ ->
          there.filter(one -> need.rendered().equals(rendered(one))).isPresent()
              ? Optional.empty()
              : Optional.of(
                  new Hindrance(
                      ConditionReason.KeyNotReady,
                      "revision %s of ApiKeyConfig %s is not held any more"
                          .formatted(need.keyRevision().orElse(""), need.apiKey())));
    };
  }

  private boolean holds(
      ResourceID id, HasMetadata cached, Need.Environment need, ModelConfig owner) {
    var known = seen.get(id);
    var meta = cached.getMetadata();
    return known != null
        && known.uid.equals(meta.getUid())
        && known.rendered.equals(need.rendered())
        && known.owner.equals(owner.getMetadata().getUid())
        // The watch may be behind our own write.
        && version(cached) <= known.version;
  }

  private Loan key(Need.Environment need, ResourceID id) {
    return need.entries().stream()
            .anyMatch(
                one -> one.value() instanceof Entry.Key(var ref) && !ref.equals(KeyRef.NO_KEY))
        ? keys.apply(need, id.getNamespace().orElse(""))
        : new Loan.NoKey();
  }

  private static byte[] unused() {
    return ManagedNames.NO_KEY_VALUE.getBytes(StandardCharsets.US_ASCII);
  }

  private Optional<Hindrance> written(
      ResourceID id,
      Need.Environment need,
      ModelConfig owner,
      Optional<Secret> there,
      SecretBytes key) {
    var wanted = ProvidedEnvironment.of(need, owner, installation(), key);
    var present = there.map(one -> changed(one, wanted)).orElseGet(() -> applier.create(wanted));
    seen.put(
        id,
        new Seen(
            present.getMetadata().getUid(),
            version(present),
            need.rendered(),
            owner.getMetadata().getUid()));
    return Optional.empty();
  }

  private Secret changed(Secret there, Secret wanted) {
    if (ProvidedEnvironment.same(there, wanted)) {
      return there;
    }
    if (ProvidedEnvironment.fixed(there, wanted)) {
      applier.delete(there);
      return applier.create(wanted);
    }
    return applier.change(there, ProvidedEnvironment.change(there, wanted));
  }

  /// Its end is that of its ModelConfig, unless a template names it: a container that restarts
  /// looks it up again. Then only our owner reference goes.
  ///
  /// @return who names it, where it was left
  Optional<String> end(ModelConfig gone) {
    var meta = gone.getMetadata();
    var id = new ResourceID(ManagedNames.environmentSecret(meta.getName()), meta.getNamespace());
    seen.remove(id);
    var there = find(id);
    if (there == null || !ours(there, gone)) {
      return Optional.empty();
    }
    var reader = Readers.of(client, there).findFirst();
    if (reader.isEmpty()) {
      applier.deleteIfThere(there);
      return Optional.empty();
    }
    if (there.getMetadata().getOwnerReferences().isEmpty()) {
      return Optional.empty(); // it was said already
    }
    applier.disown(there.getMetadata());
    return reader;
  }

  private @Nullable Secret find(ResourceID id) {
    return client
        .secrets()
        .inNamespace(id.getNamespace().orElseThrow())
        .withName(id.getName())
        .get();
  }

  private String installation() {
    return encryptions.current().map(Encryption::installation).orElse("");
  }

  private boolean ours(HasMetadata secret, ModelConfig owner) {
    return Labels.OPERATOR.equals(Labelled.label(secret, Labels.MANAGED_BY))
        && owner.getMetadata().getName().equals(Labelled.label(secret, Labels.MODEL_CONFIG))
        && installation().equals(Labelled.label(secret, Labels.INSTALLATION));
  }

  private static String rendered(HasMetadata secret) {
    var annotations = secret.getMetadata().getAnnotations();
    return annotations == null ? "" : annotations.getOrDefault(Annotations.RENDERED, "");
  }

  private static long version(HasMetadata object) {
    return Long.parseLong(object.getMetadata().getResourceVersion());
  }
}
