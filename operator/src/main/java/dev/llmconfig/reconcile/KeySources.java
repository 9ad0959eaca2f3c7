package dev.llmconfig.reconcile;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.crypto.Envelope;
import dev.llmconfig.crypto.KeyId;
import dev.llmconfig.crypto.KeyText;
import dev.llmconfig.crypto.Mask;
import dev.llmconfig.crypto.Opening;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.crypto.TokenContent;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.Binding;
import dev.llmconfig.domain.KeySource;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.plan.Resolution;
import dev.llmconfig.plan.ResolvedKey;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// Reads the declared source of a key. Whatever cannot be read for a passing reason is an
/// exception, never an answer: a failed read must not look like an absent key (traps K6).
final class KeySources {

  private final UserObjects objects;
  private final SealedKeys sealed;
  private final Consent consent;

  KeySources(UserObjects objects, SealedSecrets sealedSecrets, Consent consent) {
    this.objects = objects;
    this.sealed = new SealedKeys(sealedSecrets, objects, consent);
    this.consent = consent;
  }

  /// With what its reading asks to be done.
  SourceReading look(ApiKey key, Encryption encryption) {
    if (key.source() instanceof KeySource.Sealed source) {
      return sealed.read(key, source, encryption);
    }
    var met = new AtomicReference<Optional<ObjectMeta>>(Optional.empty());
    var resolution = read(key, encryption, secret -> met.set(Optional.of(secret.getMetadata())));
    return new SourceReading(resolution, sealed.abandoned(key, encryption), met.get());
  }

  Resolution read(ApiKey key, Encryption encryption) {
    return read(key, encryption, _ -> {});
  }

  /// @param met is shown the Secret of the user
  private Resolution read(ApiKey key, Encryption encryption, Consumer<Secret> met) {
    return switch (key.source()) {
      case KeySource.Keyless _ -> new Resolution.Keyless();
      case KeySource.FromSecret source -> fromSecret(key, source, encryption, met);
      case KeySource.Encrypted(var token) -> encrypted(key, token, encryption);
      case KeySource.Sealed source -> sealed.read(key, source, encryption).resolution();
    };
  }

  private Resolution fromSecret(
      ApiKey key, KeySource.FromSecret source, Encryption encryption, Consumer<Secret> met) {
    var place = new Ref(key.ref().namespace(), source.secret());
    Optional<Secret> secret;
    try {
      secret = objects.secret(place);
    } catch (KubernetesClientException failed) {
      if (failed.getCode() == 403) {
        return mayNotRead(place);
      }
      throw failed;
    }
    if (secret.isEmpty()) {
      return new Resolution.NotArrived(
          ConditionReason.SecretNotFound,
          "Secret %s is not there; create it, and the key is taken up by itself."
              .formatted(source.secret()));
    }
    met.accept(secret.get());
    var refusal = consent.refusal(key, secret.get());
    if (refusal.isPresent()) {
      return new Resolution.Unusable(VerdictReason.EndpointNotAllowed, refusal.get());
    }
    return switch (SecretReading.of(source, key.provider(), secret.get())) {
      case SecretReading.NoSuchDataKey(var message) ->
          new Resolution.Unusable(ConditionReason.KeyNotInSecret, message);
      case SecretReading.Content(var raw) ->
          usable(raw, ConditionReason.SecretFound, "Secret " + source.secret(), encryption);
    };
  }

  static Resolution mayNotRead(Ref secret) {
    return new Resolution.Unusable(
        ConditionReason.Forbidden,
        "The operator may not read Secret %s; allow it to get secrets in namespace %s."
            .formatted(secret.name(), secret.namespace()));
  }

  private Resolution encrypted(ApiKey key, String token, Encryption encryption) {
    return switch (encryption.ring().open(token)) {
      case Opening.Refused _ ->
          new Resolution.Unusable(
              ConditionReason.DecryptionFailed,
              "No encryption key of this installation opens spec.encryptedKey; restore the key it was"
                  + " made with, or make the token again with `llmconfig encrypt`.");
      case Opening.Opened(var plaintext, var by) -> {
        try (plaintext) {
          yield madeWith(by, judged(key, TokenContent.read(plaintext), encryption));
        }
      }
    };
  }

  private static Resolution madeWith(KeyId by, Resolution resolution) {
    return resolution instanceof Resolution.Found(var key, var how, var trimmed, _)
        ? new Resolution.Found(key, how, trimmed, Optional.of(by))
        : resolution;
  }

  private Resolution judged(ApiKey key, TokenContent content, Encryption encryption) {
    var again = "make it again with " + encryptCommand(key) + ".";
    return switch (key.binding().judge(Envelope.Purpose.Spec, content)) {
      case Binding.Judgement.Fits(var bytes) -> decrypted(bytes, encryption);
      case Binding.Judgement.Unbound(var bytes) when consent.unboundTokens() ->
          decrypted(bytes, encryption);
      case Binding.Judgement.Unbound(var bytes) -> {
        bytes.close();
        yield refused(
            "spec.encryptedKey is bound to no object, and this installation takes bound tokens only; "
                + again);
      }
      case Binding.Judgement.BoundElsewhere(var differs) ->
          refused(
              "spec.encryptedKey was made for another %s; ".formatted(String.join(" and ", differs))
                  + again);
      case Binding.Judgement.MadeFor _ ->
          refused("spec.encryptedKey was copied from a store of the operator; " + again);
      case Binding.Judgement.Unreadable(var why) ->
          new Resolution.Unusable(
              ConditionReason.KeyMalformed,
              "The content of spec.encryptedKey %s; %s".formatted(why, again));
    };
  }

  private static Resolution refused(String message) {
    return new Resolution.Unusable(ConditionReason.TokenBoundElsewhere, message);
  }

  private static String encryptCommand(ApiKey key) {
    return "`llmconfig encrypt --namespace %s --name %s --endpoint %s`"
        .formatted(key.ref().namespace(), key.ref().name(), key.endpoint());
  }

  private static Resolution decrypted(SecretBytes bytes, Encryption encryption) {
    return usable(bytes, ConditionReason.Decrypted, "spec.encryptedKey", encryption);
  }

  /// What was read is wiped; what is usable of it lives on in the resolution.
  static Resolution usable(
      SecretBytes raw, ConditionReason how, String where, Encryption encryption) {
    try (raw) {
      return raw.use(bytes -> judged(bytes, how, where, encryption));
    }
  }

  private static Resolution judged(
      byte[] raw, ConditionReason how, String where, Encryption encryption) {
    return switch (KeyText.of(raw)) {
      case KeyText.Empty _ ->
          new Resolution.Unusable(
              ConditionReason.KeyEmpty,
              "%s holds an empty key; put the key there.".formatted(where));
      case KeyText.Malformed(var flaw) ->
          new Resolution.Unusable(
              ConditionReason.KeyMalformed,
              "The key in %s %s; store the bare key: one line, no quotes, no spaces."
                  .formatted(where, flaw.clause()));
      case KeyText.Usable(var key, var trimmed) ->
          new Resolution.Found(resolved(key, encryption), how, trimmed, Optional.empty());
    };
  }

  static ResolvedKey resolved(SecretBytes key, Encryption encryption) {
    var names = encryption.fingerprints();
    return new ResolvedKey(key, names.revision(key), names.fingerprint(key), Mask.of(key));
  }
}
