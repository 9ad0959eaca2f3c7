package dev.llmconfig.reconcile;

import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.Labels;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.crypto.Envelope;
import dev.llmconfig.domain.Binding;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.plan.ManagedSecret;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.TreeMap;

/// The managed Secret as an object, with what the plan says shall be encrypted.
final class ManagedSecretObject {

  private ManagedSecretObject() {}

  /// The version locks the write: the plan was made for what was read.
  ///
  /// @param saysTerms whether the Secret as it was read says anything about terms
  record Target(
      String ownerApiVersion,
      String ownerUid,
      Optional<String> resourceVersion,
      boolean saysTerms) {

    static Target of(ApiKeyConfig owner, Optional<Secret> before) {
      return new Target(
          owner.getApiVersion(),
          owner.getMetadata().getUid(),
          before.map(secret -> secret.getMetadata().getResourceVersion()),
          before
              .map(secret -> secret.getMetadata().getAnnotations())
              .filter(all -> all.containsKey(Annotations.TERMS))
              .isPresent());
    }
  }

  static Secret of(ManagedSecret planned, Encryption encryption, Target target, Instant now) {
    var owner = planned.owner();
    var data = new TreeMap<String, String>();
    // Sorted, so that the same plan gives the same bytes (traps R2).
    var labels = new TreeMap<String, String>();
    labels.put(Labels.MANAGED_BY, Labels.OPERATOR);
    labels.put(Labels.API_KEY, owner.name());
    labels.put(Labels.INSTALLATION, encryption.installation());
    var annotations = new TreeMap<String, String>();
    data.put(ManagedNames.CURRENT, token(owner, planned.current(), encryption, now));
    annotations.put(Annotations.PROVIDER, planned.provider());
    annotations.put(Annotations.REVISION, planned.current().revision());
    annotations.put(Annotations.ENDPOINT, planned.current().endpoint());
    // What a bare create has set is not taken away by an apply that leaves it out.
    if (target.saysTerms() || !planned.current().terms().isEmpty()) {
      annotations.put(Annotations.TERMS, planned.current().terms());
    }
    annotations.put(Annotations.FINGERPRINT, planned.fingerprint());
    planned
        .previous()
        .ifPresent(previous -> {
          data.put(ManagedNames.PREVIOUS, token(owner, previous.slot(), encryption, now));
          annotations.put(Annotations.PREVIOUS_REVISION, previous.slot().revision());
          annotations.put(Annotations.PREVIOUS_ENDPOINT, previous.slot().endpoint());
          annotations.put(Annotations.PREVIOUS_UNTIL, previous.usableUntil().toString());
        });
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(owner.namespace())
        .withName(ManagedNames.encryptedSecret(owner.name()))
        .withResourceVersion(target.resourceVersion().orElse(null))
        .withLabels(labels)
        .withAnnotations(annotations)
        .withOwnerReferences(
            new OwnerReferenceBuilder()
                .withApiVersion(target.ownerApiVersion())
                .withKind("ApiKeyConfig")
                .withName(owner.name())
                .withUid(target.ownerUid())
                .withController(true)
                .build())
        .endMetadata()
        .withType(ManagedNames.ENCRYPTED_KEY_TYPE)
        .withData(data)
        .build();
  }

  private static String token(
      Ref owner, ManagedSecret.Slot slot, Encryption encryption, Instant now) {
    var token =
        switch (slot.ciphertext()) {
          case ManagedSecret.Ciphertext.Kept(var held) -> held;
          case ManagedSecret.Ciphertext.ToEncrypt(var key) -> {
            var binding = new Binding(owner.namespace(), owner.name(), endpoint(slot.endpoint()));
            try (var plaintext = binding.envelope(Envelope.Purpose.Store, key).toJson()) {
              yield encryption.ring().encrypt(plaintext, now);
            }
          }
        };
    return Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.US_ASCII));
  }

  private static Endpoint endpoint(String text) {
    return switch (Endpoint.parse(text)) {
      case Validated.Valid<Endpoint>(var endpoint) -> endpoint;
      case Validated.Invalid<Endpoint> _ ->
          throw new IllegalStateException("a planned endpoint was valid when it was planned");
    };
  }
}
