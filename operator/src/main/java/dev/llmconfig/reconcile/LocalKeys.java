package dev.llmconfig.reconcile;

import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigStatus;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.plan.ApiKeyPlanner;
import dev.llmconfig.plan.HeldKey;
import dev.llmconfig.plan.KeyPlan;
import dev.llmconfig.plan.KeyUse;
import dev.llmconfig.store.local.Ledger.Kind;
import dev.llmconfig.store.local.LocalObjects;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks at a key of a store of this machine: gathered and planned as in a cluster, and written in
/// one transaction.
final class LocalKeys {

  private final LocalObjects objects;
  private final LocalTies ties;
  private final Encryption encryption;
  private final KeyGathering gathering;
  private final KeyProbes probes;

  /// One state of the store, as far as the key is concerned.
  private record Seen(
      ApiKeyConfig config,
      Optional<Secret> held,
      Optional<ConfigMap> facts,
      List<ModelConfig> users) {

    Ref ref() {
      return new Ref(config.getMetadata().getNamespace(), config.getMetadata().getName());
    }

    KeyUse use() {
      return new KeyUse(ref(), ModelConfigs.names(users), false, false, false);
    }
  }

  LocalKeys(
      LocalObjects objects,
      LocalTies ties,
      Encryption encryption,
      KeyGathering gathering,
      KeyProbes probes) {
    this.objects = objects;
    this.ties = ties;
    this.encryption = encryption;
    this.gathering = gathering;
    this.probes = probes;
  }

  /// When to look again.
  Optional<Instant> look(Ref ref, Instant now) {
    var users = ties.users(ref);
    var seen = objects.look(shelf -> seen(ref, users, shelf));
    if (seen.isEmpty()) {
      probes.release(ref);
      return Optional.empty();
    }
    var before = KeyStatus.ours(seen.get().config().getStatus());
    return switch (Parsing.apiKey(seen.get().config())) {
      case Validated.Invalid<ApiKey>(var problems) -> {
        var generation = seen.get().config().getMetadata().getGeneration();
        write(
            seen.get(),
            Optional.empty(),
            before,
            KeyStatus.invalid(problems, seen.get().use(), generation, before, now),
            now);
        yield Optional.empty();
      }
      case Validated.Valid<ApiKey>(var key) -> look(seen.get(), key, before, now);
    };
  }

  private static Optional<Seen> seen(Ref ref, List<Ref> users, LocalObjects.Shelf shelf) {
    return shelf
        .key(ref)
        .map(config ->
            new Seen(
                config,
                shelf.held(ref),
                shelf.facts(ref),
                users.stream().flatMap(user -> shelf.model(user).stream()).toList()));
  }

  private Optional<Instant> look(
      Seen seen, ApiKey key, @Nullable ApiKeyConfigStatus before, Instant now) {
    try (var gathered = gathered(seen, key, before, now)) {
      var plan = ApiKeyPlanner.plan(gathered.seen());
      var after = KeyStatus.of(plan.report(), before, now);
      if (!write(seen, Optional.of(plan), before, after, now)) {
        return Optional.of(now);
      }
      return probes.ask(key, gathered, plan, ModelConfigs.oldest(seen.users()))
          ? Optional.of(now)
          : plan.nextLook();
    }
  }

  /// A copy that no encryption key opens is as good as none: there is no Secret here that somebody
  /// could delete, so it must not stand in the way of a key that is entered again. It stays until
  /// then, because the right encryption key may come back.
  private KeyGathering.Gathered gathered(
      Seen seen, ApiKey key, @Nullable ApiKeyConfigStatus before, Instant now) {
    var all = gathered(seen, seen.held(), key, before, now);
    if (all.seen().held() instanceof HeldKey.Unopened) {
      all.close();
      return gathered(seen, Optional.empty(), key, before, now);
    }
    return all;
  }

  private KeyGathering.Gathered gathered(
      Seen seen,
      Optional<Secret> held,
      ApiKey key,
      @Nullable ApiKeyConfigStatus before,
      Instant now) {
    var around =
        new KeyGathering.Surroundings(
            held,
            new ManagedFacts.Found(seen.facts(), Optional.empty()),
            KeyMemory.of(before),
            seen.use());
    return gathering.gather(key, around, Optional.of(encryption), now);
  }

  /// @return whether the key was still as it was seen
  private boolean write(
      Seen seen,
      Optional<KeyPlan> plan,
      @Nullable ApiKeyConfigStatus before,
      ApiKeyConfigStatus after,
      Instant now) {
    var same = objects.same(before, after);
    if (same && plan.filter(LocalKeys::writes).isEmpty()) {
      return true;
    }
    var meta = seen.config().getMetadata();
    var current =
        objects.change(desk -> {
          if (!desk.isAt(Kind.ApiKeyConfig, seen.ref(), meta.getResourceVersion())) {
            return false;
          }
          plan.ifPresent(one -> keep(desk, seen, one, now));
          if (!same) {
            desk.say(Kind.ApiKeyConfig, seen.ref(), meta.getResourceVersion(), after);
          }
          return true;
        });
    if (current && !same) {
      Transitions.log(seen.ref(), before, after);
    }
    return current;
  }

  private static boolean writes(KeyPlan plan) {
    return plan.dropsSecret() || plan.secret().isPresent() || plan.facts().isPresent();
  }

  private void keep(LocalObjects.Desk desk, Seen seen, KeyPlan plan, Instant now) {
    var ref = seen.ref();
    if (plan.dropsSecret()) {
      desk.remove(Kind.Secret, new Ref(ref.namespace(), ManagedNames.encryptedSecret(ref.name())));
    }
    plan.secret()
        .map(planned ->
            ManagedSecretObject.of(
                planned,
                encryption,
                ManagedSecretObject.Target.of(seen.config(), seen.held()),
                now))
        .ifPresent(secret -> desk.put(Kind.Secret, secret));
    plan.facts()
        .map(facts -> FactsObject.of(seen.config(), facts, seen.facts(), encryption.installation()))
        .ifPresent(facts -> desk.put(Kind.ConfigMap, facts));
  }
}
