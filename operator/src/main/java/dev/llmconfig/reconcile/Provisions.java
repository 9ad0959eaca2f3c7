package dev.llmconfig.reconcile;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.Labels;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.plan.delivery.Need;
import dev.llmconfig.plan.rollout.Hindrance;
import dev.llmconfig.verify.Loan;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Sees to it that what a pod template names is there before it is named, and comes back when
/// somebody has deleted it: the same name, the same bytes.
final class Provisions {

  private final KubernetesClient client;
  private final Applier applier;
  private final Encryptions encryptions;
  private final KeysInUse keys;
  private final InformerEventSource<GenericKubernetesResource, ModelConfig> secrets;
  private final InformerEventSource<GenericKubernetesResource, ModelConfig> configMaps;

  private final EnvironmentSecrets environments;
  private final EnvFromSources sources;

  /// Secrets whose content was looked at, by uid and version: who made one of our name and labels
  /// by hand may have put anything into it.
  private final Set<String> examined = ConcurrentHashMap.newKeySet();

  Provisions(
      KubernetesClient client,
      Applier applier,
      Encryptions encryptions,
      KeysInUse keys,
      InformerEventSource<GenericKubernetesResource, ModelConfig> secrets,
      InformerEventSource<GenericKubernetesResource, ModelConfig> configMaps) {
    this.client = client;
    this.applier = applier;
    this.encryptions = encryptions;
    this.keys = keys;
    this.secrets = secrets;
    this.configMaps = configMaps;
    this.sources = new EnvFromSources(client);
    this.environments =
        new EnvironmentSecrets(
            client,
            applier,
            encryptions,
            (need, namespace) ->
                key(need.apiKey(), namespace)
                    .map(key -> keys.lend(key.declared(), need.keyRevision()))
                    .orElseGet(Loan.Withdrawn::new),
            secrets);
  }

  EnvironmentSecrets environments() {
    return environments;
  }

  /// Names of the Secrets and ConfigMaps of a namespace that templates can name.
  Set<String> present(String namespace) {
    return Stream.of(secrets, configMaps)
        .flatMap(source -> source.list(namespace, _ -> true))
        .map(one -> one.getMetadata().getName())
        .collect(Collectors.toSet());
  }

  /// Which variables other sources of `envFrom` have, beside the Secret of this ModelConfig.
  Map<String, Set<String>> besideOurs(
      String modelConfig, Collection<? extends HasMetadata> workloads, Instant now) {
    return sources.beside(ManagedNames.environmentSecret(modelConfig), workloads, now);
  }

  /// Makes it, if it is not there.
  ///
  /// @return why it cannot be had; empty when it is there
  Optional<Hindrance> provide(Need need, ModelConfig owner) {
    try {
      return looked(need, owner);
    } catch (KubernetesClientException refused) {
      if (refused.getCode() == 409) {
        // Another ModelConfig needs it, too, and was faster; what is there by now decides.
        return looked(need, owner);
      }
      if (refused.getCode() == 403) {
        return Optional.of(
            new Hindrance(
                ConditionReason.Forbidden,
                "%s cannot be made; give the operator create and patch on secrets and configmaps"
                    .formatted(need.name())));
      }
      throw refused;
    }
  }

  private Optional<Hindrance> looked(Need need, ModelConfig owner) {
    return switch (need) {
      case Need.Key key -> provide(key, owner);
      case Need.NoKey _ -> provideNoKey(owner);
      case Need.Files files -> provide(files, owner);
      case Need.Environment environment -> environments.provide(environment, owner);
    };
  }

  private Optional<Hindrance> provide(Need.Key need, ModelConfig owner) {
    var namespace = owner.getMetadata().getNamespace();
    var cached = secrets.get(new ResourceID(need.name(), namespace));
    if (cached
        .filter(one -> ours(one, need.apiKey()) && examined.contains(mark(one)))
        .isPresent()) {
      return Optional.empty();
    }
    var key = key(need.apiKey(), namespace);
    if (key.isEmpty()) {
      return notHeld(need);
    }
    if (!(keys.lend(key.get().declared(), Optional.of(need.revision()))
        instanceof Loan.Of(var bytes))) {
      // What is there goes on serving those who have it.
      return cached.filter(one -> ours(one, need.apiKey())).isPresent()
          ? Optional.empty()
          : notHeld(need);
    }
    try (bytes) {
      return made(need, key.get().object(), bytes);
    }
  }

  private record Found(ApiKeyConfig object, ApiKey declared) {}

  private Optional<Found> key(String name, String namespace) {
    return Optional.ofNullable(
            client.resources(ApiKeyConfig.class).inNamespace(namespace).withName(name).get())
        .flatMap(object ->
            Parsing.apiKey(object) instanceof Validated.Valid<ApiKey>(var declared)
                ? Optional.of(new Found(object, declared))
                : Optional.empty());
  }

  private static Optional<Hindrance> notHeld(Need.Key need) {
    return Optional.of(
        new Hindrance(
            ConditionReason.KeyNotReady,
            "revision %s of ApiKeyConfig %s is not held any more"
                .formatted(need.revision(), need.apiKey())));
  }

  private Optional<Hindrance> made(Need.Key need, ApiKeyConfig owner, SecretBytes key) {
    var installation = encryptions.current().map(Encryption::installation).orElse("");
    var wanted = ProvidedObjects.key(need, owner, installation, key);
    var there = find(wanted);
    if (there.isPresent()) {
      if (!ours(there.get(), need.apiKey())
          || !installation.equals(Labelled.label(there.get(), Labels.INSTALLATION))) {
        return Optional.of(taken("Secret", need.name()));
      }
      if (sameKey(there.get(), key)) {
        examined.add(mark(there.get()));
        return Optional.empty();
      }
      applier.delete(there.get());
    }
    return created(wanted);
  }

  private Optional<Hindrance> provideNoKey(ModelConfig owner) {
    var namespace = owner.getMetadata().getNamespace();
    if (secrets.get(new ResourceID(ManagedNames.NO_KEY_SECRET, namespace)).isPresent()) {
      return Optional.empty();
    }
    var wanted =
        ProvidedObjects.noKey(
            namespace, encryptions.current().map(Encryption::installation).orElse(""));
    var there = find(wanted);
    if (there.isPresent()) {
      return ours(there.get())
          ? Optional.empty()
          : Optional.of(taken("Secret", ManagedNames.NO_KEY_SECRET));
    }
    return created(wanted);
  }

  private Optional<Hindrance> provide(Need.Files need, ModelConfig owner) {
    var namespace = owner.getMetadata().getNamespace();
    if (configMaps.get(new ResourceID(need.name(), namespace)).isPresent()) {
      return Optional.empty();
    }
    var there = client.configMaps().inNamespace(namespace).withName(need.name()).get();
    if (there != null) {
      return ours(there) ? Optional.empty() : Optional.of(taken("ConfigMap", need.name()));
    }
    applier.create(
        ProvidedObjects.files(
            need, owner, encryptions.current().map(Encryption::installation).orElse("")));
    return Optional.empty();
  }

  private Optional<Hindrance> created(Secret wanted) {
    var made = applier.create(wanted);
    examined.add(mark(made));
    return Optional.empty();
  }

  private Optional<Secret> find(Secret wanted) {
    return Optional.ofNullable(client.resource(wanted).get());
  }

  private static boolean sameKey(Secret secret, SecretBytes key) {
    var text = HeldKeys.text(secret, ManagedNames.API_KEY);
    try (var found = SecretBytes.taking(text.getBytes(StandardCharsets.US_ASCII))) {
      return found.equals(key);
    }
  }

  private static Hindrance taken(String kind, String name) {
    return new Hindrance(
        ConditionReason.NameTaken,
        "%s %s is there already and is not ours; rename or delete it".formatted(kind, name));
  }

  private static boolean ours(HasMetadata object, String apiKey) {
    return ours(object) && apiKey.equals(Labelled.label(object, Labels.API_KEY));
  }

  private static boolean ours(HasMetadata object) {
    return Labels.OPERATOR.equals(Labelled.label(object, Labels.MANAGED_BY));
  }

  private static String mark(HasMetadata object) {
    return object.getMetadata().getUid() + "/" + object.getMetadata().getResourceVersion();
  }
}
