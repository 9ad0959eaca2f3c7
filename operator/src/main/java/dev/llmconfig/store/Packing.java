package dev.llmconfig.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.ApiGroup;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.SealingScope;
import dev.llmconfig.crypto.Envelope;
import dev.llmconfig.crypto.SealedBox;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.Binding;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.provider.OwnHosts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// How the keys of an export are written down. None is ever moved to another name or endpoint, nor
/// to another namespace but by [#elsewhere], and no plain key is in any form.
public final class Packing {

  private static final String KIND = "ApiKeyConfig";
  private static final String ENCRYPTED = "encryptedKey";
  private static final String SECRET = "secretRef";
  private static final String SEALED = "sealedKey";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /// What is asked for.
  public enum Form {
    /// As the spec has it.
    AsStored,
    /// A token in the object, for this cluster and for this object.
    Encrypted,
    /// Sealed in the object, for the sealed-secrets controller.
    SealedKey,
    /// Sealed beside the object, which then names the Secret.
    SealedSecret,
    /// Nothing of it.
    Omit;

    public boolean seals() {
      return this == SealedKey || this == SealedSecret;
    }
  }

  /// What became of one key.
  public sealed interface Packed {

    record Written(List<Declared> objects) implements Packed {
      public Written {
        objects = List.copyOf(objects);
      }
    }

    /// There is nothing here to open stored keys with.
    record NoRing() implements Packed {}
  }

  private final Encryption encryption;

  public Packing(Encryption encryption) {
    this.encryption = encryption;
  }

  public Packed asStored(StoredKey key) {
    return new Packed.Written(
        List.of(object(key, key.spec()).noting(notes(key, "which is not part of this"))));
  }

  public Packed without(StoredKey key) {
    var source = List.of(ENCRYPTED, SECRET, SEALED).stream().anyMatch(key.spec()::has);
    return new Packed.Written(
        List.of(
            object(key, bare(key.spec()))
                .noting(
                    source
                        ? List.of("The key is left out; name its source before this is applied.")
                        : List.of())));
  }

  /// One that is encrypted in its object is left so: what is held may be the key before it.
  public Packed encrypted(StoredKey key) {
    if (key.spec().has(ENCRYPTED)) {
      return asStored(key);
    }
    return opened(
        key,
        bytes -> {
          var token = encryption.token(key.place().orElseThrow(), bytes).orElseThrow();
          return List.of(object(key, bare(key.spec()).put(ENCRYPTED, token)));
        });
  }

  /// For that namespace, under the same name and for the same endpoint. In a cluster nobody may: it
  /// would hand the key of one team to another.
  public Packed elsewhere(StoredKey key, String namespace) {
    var stored = key.spec().path(ENCRYPTED).textValue();
    var binding = key.declared().map(ApiKey::binding);
    if (stored == null || binding.isEmpty()) {
      return asStored(key);
    }
    var place = binding.get();
    return switch (encryption.open(place, Envelope.Purpose.Spec, stored)) {
      case Encryption.Opened.NoRing() -> new Packed.NoRing();
      case Encryption.Opened.Refused(), Encryption.Opened.Elsewhere() ->
          new Packed.Written(
              List.of(
                  object(key, bare(key.spec()))
                      .noting(
                          List.of(
                              "The key does not open here, so it is left out; enter it again before this is applied."))));
      case Encryption.Opened.Key(var bytes) -> {
        try (bytes) {
          var there = new Binding(namespace, place.name(), place.endpoint());
          yield new Packed.Written(
              List.of(
                  object(
                      key,
                      bare(key.spec())
                          .put(ENCRYPTED, encryption.token(there, bytes).orElseThrow()))));
        }
      }
    };
  }

  public Packed sealedKey(StoredKey key, SealedBox box) {
    return opened(
        key,
        bytes -> {
          var spec = bare(key.spec());
          spec.putObject(SEALED)
              .put(
                  "encryptedData",
                  box.seal(
                      bytes,
                      SealingScope.Strict,
                      key.ref().namespace(),
                      ManagedNames.unsealedSecret(key.ref().name())))
              .put("scope", SealingScope.Strict.name());
          return List.of(
              object(key, spec)
                  .noting(
                      own(key)
                          ? List.of()
                          : List.of(
                              "A sealed key goes to the provider's own hosts only, and this endpoint"
                                  + " is none of them; ask for SealedSecret instead.")));
        });
  }

  /// With the consent in it, since the Secret is new and its owner is whoever commits it.
  public Packed sealedSecret(StoredKey key, SealedBox box) {
    return opened(
        key,
        bytes -> {
          var secret = new Ref(key.ref().namespace(), key.ref().name() + "-sealed-key");
          var content = JSON.objectNode();
          var spec = content.putObject("spec");
          spec.putObject("encryptedData")
              .put(
                  ManagedNames.API_KEY,
                  box.seal(bytes, SealingScope.Strict, secret.namespace(), secret.name()));
          var template =
              spec.putObject("template")
                  .putObject("metadata")
                  .put("name", secret.name())
                  .put("namespace", secret.namespace());
          if (!own(key)) {
            template
                .putObject("annotations")
                .put(Annotations.ALLOWED_ENDPOINTS, key.place().orElseThrow().endpoint().text());
          }
          var named = bare(key.spec());
          named.putObject(SECRET).put("name", secret.name()).put("key", ManagedNames.API_KEY);
          return List.of(
              new Declared(
                  "bitnami.com/v1alpha1",
                  "SealedSecret",
                  secret,
                  Map.of(),
                  Map.of(),
                  content,
                  List.of()),
              object(key, named));
        });
  }

  /// What is not held cannot be written in another form; it is written as it is, and that is said.
  private Packed opened(StoredKey key, Function<SecretBytes, List<Declared>> write) {
    var place = key.place();
    var token = key.token();
    if (place.isEmpty() || token.isEmpty()) {
      return asIs(key);
    }
    return switch (encryption.open(place.get(), Envelope.Purpose.Store, token.get())) {
      case Encryption.Opened.NoRing() -> new Packed.NoRing();
      case Encryption.Opened.Refused(), Encryption.Opened.Elsewhere() -> asIs(key);
      case Encryption.Opened.Key(var bytes) -> {
        try (bytes) {
          yield new Packed.Written(write.apply(bytes));
        }
      }
    };
  }

  private static Packed asIs(StoredKey key) {
    var notes = new ArrayList<String>();
    if (List.of(ENCRYPTED, SECRET, SEALED).stream().anyMatch(key.spec()::has)) {
      notes.add("The key is not held for this endpoint, so it is written as it is stored.");
    }
    notes.addAll(notes(key, "which is not part of this"));
    return new Packed.Written(List.of(object(key, key.spec()).noting(notes)));
  }

  private static List<String> notes(StoredKey key, String what) {
    var secret = key.spec().path(SECRET).path("name").asText();
    return secret.isEmpty()
        ? List.of()
        : List.of("The key is in the Secret that secretRef names, %s.".formatted(what));
  }

  private static boolean own(StoredKey key) {
    return key.declared().filter(one -> OwnHosts.own(one.provider(), one.endpoint())).isPresent();
  }

  private static ObjectNode bare(ObjectNode spec) {
    return spec.deepCopy().without(List.of(ENCRYPTED, SECRET, SEALED));
  }

  private static Declared object(StoredKey key, ObjectNode spec) {
    return Declared.spec(ApiGroup.NAME + "/" + ApiGroup.V1ALPHA1, KIND, key.ref(), spec);
  }
}
