package dev.llmconfig.reconcile;

import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.domain.DefaultClaim;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.reconcile.Agenda.Errand;
import dev.llmconfig.store.local.LocalObjects;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the model configurations of a store of this machine have to do with keys and with each
/// other, as of the last change. Without it each look at one of thousands would read all of them.
/// The store is looked into in here, so nobody may ask here who is looking into the store.
final class LocalTies {

  private record Tie(Optional<Ref> key, Optional<DefaultClaim> claim) {

    static final Tie NONE = new Tie(Optional.empty(), Optional.empty());

    static Tie of(Optional<ModelConfig> model) {
      return model
          .map(one -> new Tie(ModelConfigs.key(one), Parsing.defaultClaim(one)))
          .orElse(NONE);
    }
  }

  private static final Comparator<Ref> BY_NAME =
      Comparator.comparing(Ref::namespace).thenComparing(Ref::name);

  private final LocalObjects objects;
  private final Map<Ref, Tie> ties = new HashMap<>();

  /// Model configurations by the key that they name, whether it is there or not.
  private final Map<Ref, Set<Ref>> users = new HashMap<>();

  /// By namespace, and then by the model configuration that claims to be its default.
  private final Map<String, Map<Ref, DefaultClaim>> claims = new HashMap<>();

  LocalTies(LocalObjects objects) {
    this.objects = objects;
  }

  /// Everything, to begin with.
  synchronized Set<Errand> all() {
    var all = new LinkedHashSet<Errand>();
    objects.look(LocalObjects.Shelf::keys).forEach(key -> all.add(key(OlderKeys.ref(key))));
    for (var model : objects.look(LocalObjects.Shelf::models)) {
      all.add(model(Neighbours.ref(model)));
      tie(Neighbours.ref(model), Tie.of(Optional.of(model)));
    }
    return all;
  }

  /// What is concerned when these are not as they were. A key concerns the models that name it; a
  /// model concerns the key that it names or has named, which counts who uses it and may be tried
  /// with its model, and whoever else claims to be the default when its own claim came or went.
  synchronized Set<Errand> concerned(Set<Ref> changed) {
    var concerned = new LinkedHashSet<Errand>();
    for (var ref : changed) {
      concerned.add(key(ref));
      concerned.add(model(ref));
      users(ref).forEach(user -> concerned.add(model(user)));
      // Looked up in here, so that of two changes the later one is not undone by the other.
      var now = Tie.of(objects.look(shelf -> shelf.model(ref)));
      var before = tie(ref, now);
      before.key.ifPresent(key -> concerned.add(key(key)));
      now.key.ifPresent(key -> concerned.add(key(key)));
      if (!before.claim.equals(now.claim)) {
        claims(ref.namespace()).keySet().forEach(other -> concerned.add(model(other)));
      }
    }
    return concerned;
  }

  /// In the order of their names.
  synchronized List<Ref> users(Ref key) {
    return List.copyOf(users.getOrDefault(key, Set.of()));
  }

  /// To be the default of its namespace.
  synchronized List<DefaultClaim> otherClaims(Ref model) {
    return claims(model.namespace()).entrySet().stream()
        .filter(one -> !one.getKey().equals(model))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static Errand key(Ref ref) {
    return new Errand(Errand.Kind.KEY, ref);
  }

  private static Errand model(Ref ref) {
    return new Errand(Errand.Kind.MODEL, ref);
  }

  private Map<Ref, DefaultClaim> claims(String namespace) {
    return claims.getOrDefault(namespace, Map.of());
  }

  /// As it was before.
  private Tie tie(Ref model, Tie now) {
    @Nullable Tie known = now.equals(Tie.NONE) ? ties.remove(model) : ties.put(model, now);
    var before = known == null ? Tie.NONE : known;
    before.key.ifPresent(key -> Objects.requireNonNull(users.get(key)).remove(model));
    now.key.ifPresent(key -> users.computeIfAbsent(key, _ -> new TreeSet<>(BY_NAME)).add(model));
    var claiming = claims.computeIfAbsent(model.namespace(), _ -> new HashMap<>());
    claiming.remove(model);
    now.claim.ifPresent(claim -> claiming.put(model, claim));
    return before;
  }
}
