package dev.llmconfig.store.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.ApiGroup;
import dev.llmconfig.api.FieldManagers;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.Provider;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.store.Encryption;
import dev.llmconfig.store.local.Ledger.Kind;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Keys that lie beside the store, in a `.env` file or in the environment. One is used while the
/// store has none of its provider: as a marked object, so that whatever reads, checks and chats
/// finds it where it finds every key. It goes when the store gets a key of its own, and what named
/// it names that one.
public final class EnvironmentKeys {

  /// Nobody wants any.
  public static final EnvironmentKeys NONE =
      new EnvironmentKeys(Map.of(), InstantSource.system(), _ -> {});

  private final Map<Provider, Found> found;
  private final InstantSource clock;
  private final Consumer<String> told;
  private final Set<Provider> said = ConcurrentHashMap.newKeySet();

  /// One that could be used. The key itself is not kept, but its token.
  ///
  /// @param place where it was found, for people
  record Found(String variable, String place, Ref ref, ObjectNode spec) {}

  private EnvironmentKeys(Map<Provider, Found> found, InstantSource clock, Consumer<String> told) {
    this.found = Map.copyOf(found);
    this.clock = clock;
    this.told = told;
  }

  /// As they are set now.
  ///
  /// @param told is given sentences for the person at the console
  public static EnvironmentKeys of(
      Optional<Migration.Source> env,
      Map<String, String> environment,
      LocalObjects objects,
      Encryption encryption,
      InstantSource clock,
      Consumer<String> told) {
    var reading = new EnvironmentReading(objects, encryption, told);
    return new EnvironmentKeys(reading.read(env, environment), clock, told);
  }

  /// Whether the object is such a key, which nobody changes but whoever changes its file.
  public static boolean isOne(ObjectNode key) {
    return !place(key).isEmpty();
  }

  /// Where it was found; empty for a key of the store.
  public static String place(ObjectNode key) {
    return key.path("metadata").path("annotations").path(Annotations.ENVIRONMENT).asText();
  }

  /// What would be used if that key of the store went, as a sentence.
  public Optional<String> after(LocalObjects.Shelf shelf, Ref key) {
    return shelf
        .tree(Kind.ApiKeyConfig, key)
        .filter(one -> !isOne(one))
        .map(EnvironmentKeys::provider)
        .filter(provider -> stored(shelf, provider).size() == 1)
        .flatMap(provider ->
            found.entrySet().stream()
                .filter(one -> one.getKey().name().equals(provider))
                .map(Map.Entry::getValue)
                .findFirst())
        .map(one ->
            "From then on %s from %s is used, and the configs that name this key name that one."
                .formatted(one.variable(), one.place()));
  }

  /// Puts what is used from now on, and takes what is not, as a part of a change.
  ///
  /// @param gone a key of the store that went in this change
  public void settle(LocalObjects.Desk desk, Optional<ObjectNode> gone) {
    for (var key : desk.trees(Kind.ApiKeyConfig)) {
      if (isOne(key)) {
        var instead = stored(desk, provider(key));
        if (!instead.isEmpty() || found.values().stream().noneMatch(one -> names(one, key))) {
          remove(desk, ref(key));
          instead.stream().findFirst().ifPresent(one -> move(desk, ref(key), ref(one)));
        }
      }
    }
    found.forEach((provider, one) -> {
      if (stored(desk, provider.name()).isEmpty() && put(desk, one)) {
        gone.filter(key -> provider(key).equals(provider.name()))
            .ifPresent(key -> move(desk, ref(key), one.ref()));
        if (said.add(provider)) {
          told.accept(
              "Using %s from %s; import it in the Playground."
                  .formatted(one.variable(), one.place()));
        }
      }
    });
  }

  /// Whether it is there now; somebody may have given its name to a key of another provider.
  private boolean put(LocalObjects.Desk desk, Found one) {
    var there = desk.tree(Kind.ApiKeyConfig, one.ref());
    if (there.filter(key -> !isOne(key)).isPresent()) {
      told.accept(
          "%s from %s is not used, because another key is called %s."
              .formatted(one.variable(), one.place(), one.ref().name()));
      return false;
    }
    if (there.filter(key -> names(one, key) && key.path("spec").equals(one.spec())).isEmpty()) {
      desk.put(Kind.ApiKeyConfig, object(one, there));
    }
    return true;
  }

  private ObjectNode object(Found one, Optional<ObjectNode> before) {
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    var object =
        before.orElseGet(() -> {
          var made = JsonNodeFactory.instance.objectNode();
          made.put("apiVersion", ApiGroup.NAME + "/" + ApiGroup.V1ALPHA1)
              .put("kind", Kind.ApiKeyConfig.name());
          made.putObject("metadata")
              .put("namespace", one.ref().namespace())
              .put("name", one.ref().name())
              .put("uid", UUID.randomUUID().toString())
              .put("generation", 0)
              .put("creationTimestamp", now);
          return made;
        });
    var meta = object.withObjectProperty("metadata");
    meta.put("generation", meta.path("generation").asLong() + 1);
    meta.withObjectProperty("annotations").put(Annotations.ENVIRONMENT, one.place());
    meta.putArray("managedFields")
        .addObject()
        .put("manager", FieldManagers.OPERATOR)
        .put("operation", "Apply")
        .put("apiVersion", ApiGroup.NAME + "/" + ApiGroup.V1ALPHA1)
        .put("time", now);
    object.set("spec", one.spec().deepCopy());
    return object;
  }

  private static boolean names(Found one, ObjectNode key) {
    return ref(key).equals(one.ref()) && place(key).equals(one.place());
  }

  private static void remove(LocalObjects.Desk desk, Ref key) {
    desk.remove(Kind.Secret, new Ref(key.namespace(), ManagedNames.encryptedSecret(key.name())));
    desk.remove(Kind.ConfigMap, new Ref(key.namespace(), ManagedNames.factsConfigMap(key.name())));
    desk.remove(Kind.ApiKeyConfig, key);
  }

  private static void move(LocalObjects.Desk desk, Ref from, Ref to) {
    for (var model : desk.trees(Kind.ModelConfig)) {
      var spec = model.withObjectProperty("spec");
      if (spec.path("apiKeyRef").path("name").asText().equals(from.name())) {
        spec.withObjectProperty("apiKeyRef").put("name", to.name());
        var meta = model.withObjectProperty("metadata");
        meta.put("generation", meta.path("generation").asLong() + 1);
        desk.put(Kind.ModelConfig, model);
      }
    }
  }

  /// Keys that the store has of its own, the one that is in use first; a suspended one counts.
  private static List<ObjectNode> stored(LocalObjects.Shelf shelf, String provider) {
    return shelf.trees(Kind.ApiKeyConfig).stream()
        .filter(key -> !isOne(key) && provider(key).equals(provider))
        .sorted(Comparator.comparing(key -> key.path("spec").path("suspend").asBoolean()))
        .toList();
  }

  private static String provider(ObjectNode key) {
    return key.path("spec").path("provider").asText();
  }

  private static Ref ref(ObjectNode key) {
    var meta = key.path("metadata");
    return new Ref(meta.path("namespace").asText(), meta.path("name").asText());
  }
}
