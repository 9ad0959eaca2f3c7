package dev.llmconfig.reconcile;

import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.Labels;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.crypto.Envelope;
import dev.llmconfig.crypto.Opening;
import dev.llmconfig.crypto.TokenContent;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.Binding;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.plan.HeldKey;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the managed Secret back: the truth of which key is in use.
final class HeldKeys {

  private static final Pattern REVISION = Pattern.compile("r-[0-9a-f]{10}");

  private HeldKeys() {}

  static HeldKey read(ApiKey key, Optional<Secret> secret, Encryption encryption) {
    return secret.map(found -> read(key, found, encryption)).orElseGet(HeldKey.Absent::new);
  }

  private static HeldKey read(ApiKey key, Secret secret, Encryption encryption) {
    if (!labelled(key.ref(), secret)) {
      return taken(secret);
    }
    return slot(key.ref(), secret, encryption)
        .<HeldKey>map(slot ->
            new HeldKey.Held(slot, previous(key.ref(), secret, encryption), intact(key, secret)))
        .orElseGet(() ->
            // What our ring opens is ours: the id of the installation goes with the fingerprint
            // key, which may have been lost. So is what belongs to this very object.
            ofThis(encryption.installation(), secret) || ownedBy(key.uid(), secret)
                ? undecryptable(secret)
                : taken(secret));
  }

  /// An owner that is gone would take the Secret with it, or leave it behind for ever.
  private static boolean intact(ApiKey key, Secret secret) {
    return ownedBy(key.uid(), secret)
        && REVISION.matcher(annotation(secret, Annotations.REVISION)).matches()
        && !annotation(secret, Annotations.FINGERPRINT).isEmpty()
        && annotation(secret, Annotations.PROVIDER).equals(key.provider().name());
  }

  private static boolean ownedBy(String uid, Secret secret) {
    var owners = secret.getMetadata().getOwnerReferences();
    return owners != null && owners.stream().anyMatch(owner -> owner.getUid().equals(uid));
  }

  private static HeldKey taken(Secret secret) {
    return new HeldKey.NameTaken(
        "Secret %s is there already and is not ours; rename or delete it, or rename this object."
            .formatted(secret.getMetadata().getName()));
  }

  private static HeldKey undecryptable(Secret secret) {
    return unopened(
        secret,
        ConditionReason.DecryptionFailed,
        "No encryption key of this installation opens Secret %s for this object; restore the key it"
                .formatted(secret.getMetadata().getName())
            + " was made with, or delete the Secret to start from the source again.");
  }

  private static Optional<HeldKey.Slot> slot(Ref ref, Secret secret, Encryption encryption) {
    var token = text(secret, ManagedNames.CURRENT);
    var endpoint = annotation(secret, Annotations.ENDPOINT);
    return opened(ref, endpoint, token, encryption)
        .map(found -> slot(found, secret, endpoint, token, encryption));
  }

  /// Its revision is as it was written, because it outlives a lost fingerprint key.
  private static HeldKey.Slot slot(
      HeldKey.Previous.Opened found,
      Secret secret,
      String endpoint,
      String token,
      Encryption encryption) {
    var key = KeySources.resolved(found.key(), encryption);
    var written = annotation(secret, Annotations.REVISION);
    var revision = REVISION.matcher(written).matches() ? written : key.revision();
    return new HeldKey.Slot(
        key, revision, endpoint, annotation(secret, Annotations.TERMS), token, found.by());
  }

  static HeldKey unopened(Secret secret, ConditionReason reason, String message) {
    return new HeldKey.Unopened(
        reason,
        message,
        annotation(secret, Annotations.REVISION),
        annotation(secret, Annotations.ENDPOINT));
  }

  /// The envelope must be that of this object and of the endpoint beside it: a copied Secret opens,
  /// and is not believed.
  private static Optional<HeldKey.Previous.Opened> opened(
      Ref ref, String endpoint, String token, Encryption encryption) {
    if (Endpoint.parse(endpoint) instanceof Validated.Valid<Endpoint>(var place)
        && encryption.ring().open(token) instanceof Opening.Opened(var plaintext, var by)) {
      try (plaintext) {
        var binding = new Binding(ref.namespace(), ref.name(), place);
        return binding.judge(Envelope.Purpose.Store, TokenContent.read(plaintext))
                instanceof Binding.Judgement.Fits(var bytes)
            ? Optional.of(new HeldKey.Previous.Opened(bytes, by))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static boolean labelled(Ref ref, Secret secret) {
    return Labels.OPERATOR.equals(Labelled.label(secret, Labels.MANAGED_BY))
        && ref.name().equals(Labelled.label(secret, Labels.API_KEY));
  }

  private static boolean ofThis(String installation, Secret secret) {
    return installation.equals(Labelled.label(secret, Labels.INSTALLATION));
  }

  /// A previous key whose marks cannot be read is not usable any more; its source never was this
  /// Secret alone.
  private static Optional<HeldKey.Previous> previous(
      Ref ref, Secret secret, Encryption encryption) {
    var token = text(secret, ManagedNames.PREVIOUS);
    if (token.isEmpty()) {
      return Optional.empty();
    }
    var endpoint = annotation(secret, Annotations.PREVIOUS_ENDPOINT);
    Instant until;
    try {
      until = Instant.parse(annotation(secret, Annotations.PREVIOUS_UNTIL));
    } catch (DateTimeParseException _) {
      until = Instant.EPOCH;
    }
    return Optional.of(
        new HeldKey.Previous(
            annotation(secret, Annotations.PREVIOUS_REVISION),
            endpoint,
            token,
            until,
            opened(ref, endpoint, token, encryption)));
  }

  private static String annotation(Secret secret, String name) {
    return Optional.ofNullable(secret.getMetadata().getAnnotations())
        .map(all -> all.get(name))
        .orElse("");
  }

  /// A token, which is safe to hold as text.
  static String text(Secret secret, String dataKey) {
    return Optional.ofNullable(secret.getData())
        .map(data -> data.get(dataKey))
        .map(base64 -> new String(Base64.getDecoder().decode(base64), StandardCharsets.US_ASCII))
        .orElse("");
  }
}
