package dev.llmconfig.store.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.access.Right;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.KeySource;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.store.Encryption;
import dev.llmconfig.store.Flaw;
import dev.llmconfig.store.Holding;
import dev.llmconfig.store.KeyChange;
import dev.llmconfig.store.KeyDraft;
import dev.llmconfig.store.KeyMaterial;
import dev.llmconfig.store.Manner;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.Outcome.Warning;
import dev.llmconfig.store.cluster.Editing.Edit;
import dev.llmconfig.store.cluster.SpecReading.Read;
import java.util.List;
import java.util.function.Predicate;

/// What a spec of a key becomes, and where a new key goes.
final class KeyPlan {

  private static final String ENCRYPTED = "encryptedKey";
  private static final String SECRET = "secretRef";
  private static final String SEALED = "sealedKey";
  private static final List<String> SOURCES = List.of(ENCRYPTED, SECRET, SEALED);

  /// What says where a key goes, and whom to believe there.
  private static final List<String> PLACES = List.of("endpoint", "headers", "caRef");

  /// What the API server takes.
  private static final int LONGEST_TOKEN = 8192;

  private final Encryption encryption;
  private final KeySecrets secrets;
  private final Predicate<Right> may;
  private final Manner manner;

  KeyPlan(Encryption encryption, KeySecrets secrets, Predicate<Right> may, Manner manner) {
    this.encryption = encryption;
    this.secrets = secrets;
    this.may = may;
    this.manner = manner;
  }

  /// Of a key that is not there yet: the change makes all of its spec.
  Edit made(Ref ref, KeyDraft draft, KeyMaterial material) {
    var spec = Trees.merged(Trees.object(), draft.spec()); // null is absent
    Texts.refuseKeys(ref.name(), spec);
    if (!(material instanceof KeyMaterial.Given(var key, var trimmed))) {
      refuse(material);
      return new Edit(spec, agreement(read(ref, spec), draft.consent()), List.of());
    }
    refuseSource(spec);
    var placed = placed(ref, spec, draft.holding().orElse(Holding.EncryptedKey), key);
    return new Edit(placed.change(), placed.beside(), warnings(trimmed));
  }

  static void refuseSource(ObjectNode spec) {
    if (SOURCES.stream().anyMatch(spec::has)) {
      throw Ended.invalid(
          Flaw.invalid("key", "A key has one source: leave out key, or what else names one."));
    }
  }

  /// As it will be when the key is in the object.
  static ApiKey withKey(Ref ref, ObjectNode bare) {
    return read(ref, bare.deepCopy().put(ENCRYPTED, "to be made"));
  }

  /// Of a key as it is.
  Edit changed(Live live, KeyChange change, KeyMaterial material) {
    Texts.refuseKeys("", change.spec());
    var wanted = Trees.merged(live.spec(), change.spec());
    if (material instanceof KeyMaterial.Given(var key, var trimmed)) {
      var placed = replaced(live, change, wanted, key);
      return new Edit(placed.change(), placed.beside(), warnings(trimmed));
    }
    refuse(material);
    var after = read(live.ref(), wanted);
    return new Edit(change.spec(), newPlace(live, wanted, after, change.consent()), List.of());
  }

  private Edit replaced(Live live, KeyChange change, ObjectNode wanted, SecretBytes key) {
    if (change.holding().isEmpty()) {
      if (wanted.has(SEALED)) {
        throw new Ended(new Outcome.KeyHeldElsewhere("spec.sealedKey"));
      }
      if (wanted.has(SECRET)) {
        var secret = wanted.path(SECRET).path("name").asText();
        if (secrets.of(live.ref(), secret).isEmpty()) {
          throw new Ended(new Outcome.KeyHeldElsewhere("Secret " + secret));
        }
        return new Edit(change.spec(), secrets.put(read(live.ref(), wanted), key), List.of());
      }
    }
    var bare = wanted.deepCopy();
    SOURCES.forEach(bare::remove);
    var holding = change.holding().orElse(Holding.EncryptedKey);
    var placed = placed(live.ref(), bare, holding, key);
    var before = live.spec().path(SECRET).path("name").asText();
    return new Edit(
        Trees.replacing(live.spec(), placed.change()),
        holding == Holding.EncryptedKey && !before.isEmpty()
            ? secrets.leaving(live.ref(), before)
            : placed.beside(),
        List.of());
  }

  /// A whole spec that says where the key is.
  private Edit placed(Ref ref, ObjectNode bare, Holding holding, SecretBytes key) {
    var spec = bare.deepCopy();
    switch (holding) {
      case EncryptedKey -> {
        spec.put(ENCRYPTED, token(withKey(ref, spec), key));
        return Edit.of(spec);
      }
      case Secret -> {
        spec.set(SECRET, KeySecrets.reference(ref.name()));
        return new Edit(spec, secrets.put(read(ref, spec), key), List.of());
      }
    }
    throw new IllegalStateException();
  }

  private String token(ApiKey place, SecretBytes key) {
    var token = encryption.token(place.binding(), key);
    if (token.isEmpty()) {
      throw Ended.invalid(
          new Flaw(
              "store",
              Flaw.Reason.KeyRingMissing,
              "This replica has no encryption key, so it cannot encrypt; choose store: Secret."));
    }
    if (token.get().length() > LONGEST_TOKEN) {
      throw Ended.invalid(
          new Flaw(
              "key",
              Flaw.Reason.KeyMalformed,
              "Encrypted, this key is longer than an ApiKeyConfig takes; choose store: Secret."));
    }
    return token.get();
  }

  static ApiKey read(Ref ref, ObjectNode spec) {
    return switch (SpecReading.apiKey(ref, spec)) {
      case Read.Fine<ApiKey>(var key) -> key;
      case Read.Flawed<ApiKey>(var flaws) -> throw new Ended(new Outcome.Invalid(flaws));
    };
  }

  static void refuse(KeyMaterial material) {
    if (material instanceof KeyMaterial.Refused(var flaw)) {
      throw Ended.invalid(flaw);
    }
  }

  /// Who may not read a Secret must not have its key used, either; and who may must ask its owner
  /// where it may go.
  Beside agreement(ApiKey key, boolean consent) {
    if (manner.drafts() || !(key.source() instanceof KeySource.FromSecret(var name, _))) {
      return Beside.NOTHING; // whoever commits it is asked by the operator
    }
    var secret = new Ref(key.ref().namespace(), name);
    var right = Kind.Secret.right("get", secret);
    if (!may.test(right)) {
      throw new Ended(new Outcome.Denied(right));
    }
    return secrets.agreement(key, secret, consent);
  }

  /// A stored key goes to no other place because of somebody who does not know it.
  private Beside newPlace(Live live, ObjectNode wanted, ApiKey after, boolean consent) {
    var moved = PLACES.stream().filter(field -> !samePlace(field, live, wanted, after)).findFirst();
    if (after.source() instanceof KeySource.FromSecret || !sameSource(live, wanted)) {
      return moved.isPresent() || consent || !sameSource(live, wanted)
          ? agreement(after, consent)
          : Beside.NOTHING;
    }
    if (moved.isPresent() && !(after.source() instanceof KeySource.Keyless)) {
      throw Ended.invalid(
          new Flaw(
              "spec." + moved.get(),
              Flaw.Reason.KeyRequiredForNewEndpoint,
              "The stored key was given for another place; send key in the same request to change %s."
                  .formatted(moved.get())));
    }
    return Beside.NOTHING;
  }

  private static boolean sameSource(Live live, ObjectNode wanted) {
    return SOURCES.stream()
        .allMatch(source -> Trees.same(live.spec().path(source), wanted.path(source)));
  }

  private static boolean samePlace(String field, Live live, ObjectNode wanted, ApiKey after) {
    if (!field.equals("endpoint")) {
      return Trees.same(live.spec().path(field), wanted.path(field));
    }
    return SpecReading.apiKey(live.ref(), live.spec()) instanceof Read.Fine<ApiKey>(var before)
        && before.endpoint().equals(after.endpoint());
  }

  static List<Warning> warnings(boolean trimmed) {
    return trimmed
        ? List.of(
            new Warning(
                "key",
                "KeyTrimmed",
                "Whitespace, quotes or a byte order mark around the key were removed."))
        : List.of();
  }
}
