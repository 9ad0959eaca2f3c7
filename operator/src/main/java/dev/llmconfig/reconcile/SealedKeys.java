package dev.llmconfig.reconcile;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.KeySource;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.plan.Resolution;
import dev.llmconfig.plan.SealedDecision;
import dev.llmconfig.plan.SealedSecret;
import dev.llmconfig.plan.SealedSeen;
import dev.llmconfig.plan.SealedStep;
import dev.llmconfig.reconcile.SealedSecrets.Look;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Base64;
import java.util.Optional;

/// Keys that are sealed in their object: a SealedSecret is made of each, and its controller makes a
/// Secret of that.
final class SealedKeys {

  private static final SealedStep NOTHING = new SealedStep.Nothing();

  private final SealedSecrets sealedSecrets;
  private final UserObjects objects;
  private final Consent consent;

  SealedKeys(SealedSecrets sealedSecrets, UserObjects objects, Consent consent) {
    this.sealedSecrets = sealedSecrets;
    this.objects = objects;
    this.consent = consent;
  }

  /// What may not be sent anywhere is not unsealed either.
  SourceReading read(ApiKey key, KeySource.Sealed source, Encryption encryption) {
    return consent
        .refusalOfSealed(key)
        .<Resolution>map(why -> new Resolution.Unusable(VerdictReason.EndpointNotAllowed, why))
        .map(refused -> new SourceReading(refused, NOTHING))
        .orElseGet(() -> look(key, source, encryption));
  }

  private SourceReading look(ApiKey key, KeySource.Sealed source, Encryption encryption) {
    var wanted = new SealedSecret(key.ref(), key.uid(), source, encryption.installation());
    return switch (sealedSecrets.get(place(key))) {
      case Look.NoApi _ -> reading(wanted, new SealedSeen.NoApi(), Optional.empty(), encryption);
      case Look.Hidden _ -> reading(wanted, new SealedSeen.Hidden(), Optional.empty(), encryption);
      case Look.Seen(var sealed) -> seen(wanted, sealed, encryption);
    };
  }

  /// The Secret is read after the SealedSecret, because what the status of that proves of it holds
  /// from then on.
  private SourceReading seen(
      SealedSecret wanted, Optional<GenericKubernetesResource> sealed, Encryption encryption) {
    var place = new Ref(wanted.owner().namespace(), wanted.name());
    Optional<Secret> secret;
    try {
      secret = objects.secret(place);
    } catch (KubernetesClientException failed) {
      if (failed.getCode() == 403) {
        return new SourceReading(KeySources.mayNotRead(place), NOTHING);
      }
      throw failed;
    }
    return reading(wanted, SealedReading.of(wanted, sealed, secret), secret, encryption);
  }

  private static SourceReading reading(
      SealedSecret wanted, SealedSeen seen, Optional<Secret> secret, Encryption encryption) {
    return switch (SealedDecision.of(wanted, seen)) {
      case SealedDecision.Closed(var why, var step) -> new SourceReading(why, step);
      case SealedDecision.Open _ ->
          new SourceReading(content(secret.orElseThrow(), encryption), NOTHING);
    };
  }

  private static Resolution content(Secret secret, Encryption encryption) {
    return Optional.ofNullable(secret.getData())
        .map(data -> data.get(ManagedNames.API_KEY))
        .map(base64 -> SecretBytes.taking(Base64.getDecoder().decode(base64)))
        .map(raw -> KeySources.usable(raw, ConditionReason.Unsealed, "spec.sealedKey", encryption))
        .orElseGet(() ->
            new Resolution.Unusable(
                ConditionReason.KeyNotInSecret,
                "Secret %s has no data key %s any more; delete it, and the sealed-secrets controller makes it anew."
                    .formatted(secret.getMetadata().getName(), ManagedNames.API_KEY)));
  }

  /// What becomes of the SealedSecret of a key that has another source by now. One that could not
  /// be opened waits like any other: its controller may get the right private key back.
  SealedStep abandoned(ApiKey key, Encryption encryption) {
    var place = place(key);
    if (!sealedSecrets.traced(key.ref()) || readsFrom(place, key.source())) {
      return NOTHING;
    }
    return sealedSecrets.get(place) instanceof Look.Seen(var sealed)
        ? sealed
            .filter(one -> SealedReading.ours(key.ref(), key.uid(), encryption.installation(), one))
            .filter(one -> !one.isMarkedForDeletion())
            .<SealedStep>map(one -> new SealedStep.Retire(SealedReading.version(one)))
            .orElse(NOTHING)
        : NOTHING;
  }

  /// The source may be the very Secret that is made of the SealedSecret.
  private static boolean readsFrom(Ref place, KeySource source) {
    return source instanceof KeySource.FromSecret(var secret, _) && secret.equals(place.name());
  }

  private static Ref place(ApiKey key) {
    return new Ref(key.ref().namespace(), ManagedNames.unsealedSecret(key.ref().name()));
  }
}
