package dev.llmconfig.mirror;

import static dev.llmconfig.mirror.Projection.text;

import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.Labels;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigSpec;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigStatus;
import dev.llmconfig.domain.Ref;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// An ApiKeyConfig and its managed Secret as one row. The Secret is the truth of both tokens and of
/// where each may go; the status only of what is shown.
final class KeyProjection {

  private KeyProjection() {}

  static KeyRow row(ApiKeyConfig config, Optional<Secret> managed) {
    var ref = Projection.ref(config);
    var spec = Objects.requireNonNullElseGet(config.getSpec(), ApiKeyConfigSpec::new);
    var status = Objects.requireNonNullElseGet(config.getStatus(), ApiKeyConfigStatus::new);
    var secret = managed.filter(found -> ours(found, ref));
    var current = secret.flatMap(KeyProjection::current);
    return new KeyRow(
        ref,
        Projection.version(config),
        secret.map(KeyProjection::version).orElse(""),
        declared(spec),
        current,
        secret.flatMap(KeyProjection::previous),
        current.map(HeldToken::endpoint).orElseGet(() -> text(status.getEndpoint())),
        told(status, secret));
  }

  /// The key whose managed Secret this is, if it is one.
  static Optional<Ref> owner(Secret secret) {
    return Optional.ofNullable(secret.getMetadata().getLabels())
        .map(labels -> labels.get(Labels.API_KEY))
        .map(name -> new Ref(text(secret.getMetadata().getNamespace()), name));
  }

  private static boolean ours(Secret secret, Ref key) {
    return owner(secret).filter(key::equals).isPresent()
        && Labels.OPERATOR.equals(secret.getMetadata().getLabels().get(Labels.MANAGED_BY))
        && ManagedNames.encryptedSecret(key.name()).equals(secret.getMetadata().getName());
  }

  private static String version(Secret secret) {
    return secret.getMetadata().getUid() + "/" + secret.getMetadata().getResourceVersion();
  }

  private static KeyRow.Declared declared(ApiKeyConfigSpec spec) {
    return new KeyRow.Declared(
        text(spec.getProvider()),
        text(spec.getDisplayName()),
        source(spec),
        Projection.yes(spec.getSuspend()),
        Optional.ofNullable(spec.getExpiresAt()),
        Json.text(Objects.requireNonNullElseGet(spec.getHeaders(), List::of)),
        Json.text(spec));
  }

  private static String source(ApiKeyConfigSpec spec) {
    if (spec.getSecretRef() != null) {
      return "secretRef";
    }
    if (spec.getEncryptedKey() != null) {
      return "encryptedKey";
    }
    return spec.getSealedKey() != null ? "sealedKey" : "";
  }

  private static KeyRow.Told told(ApiKeyConfigStatus status, Optional<Secret> secret) {
    return new KeyRow.Told(
        Projection.readiness(status.getConditions()),
        status.getObservedGeneration() == null ? 0 : status.getObservedGeneration(),
        text(status.getMaskedKey()),
        secret
            .map(held -> annotation(held, Annotations.FINGERPRINT))
            .orElseGet(() -> text(status.getFingerprint())),
        text(status.getCandidate()),
        Optional.ofNullable(status.getLastVerifiedTime()),
        Projection.number(status.getModelCount()),
        Projection.number(status.getUsedBy()),
        Json.text(status));
  }

  private static Optional<HeldToken> current(Secret secret) {
    return token(secret, ManagedNames.CURRENT)
        .map(token ->
            new HeldToken(
                token,
                annotation(secret, Annotations.REVISION),
                annotation(secret, Annotations.ENDPOINT),
                Optional.empty()));
  }

  private static Optional<HeldToken> previous(Secret secret) {
    return token(secret, ManagedNames.PREVIOUS)
        .map(token ->
            new HeldToken(
                token,
                annotation(secret, Annotations.PREVIOUS_REVISION),
                annotation(secret, Annotations.PREVIOUS_ENDPOINT),
                Optional.of(annotation(secret, Annotations.PREVIOUS_UNTIL))));
  }

  /// Both tokens of a managed Secret.
  static Stream<String> tokens(Secret secret) {
    return Stream.of(ManagedNames.CURRENT, ManagedNames.PREVIOUS)
        .flatMap(slot -> token(secret, slot).stream());
  }

  /// What the operator writes begins like any Fernet token. Whatever else somebody puts there could
  /// be a plain key, and goes nowhere.
  private static Optional<String> token(Secret secret, String dataKey) {
    return Optional.ofNullable(secret.getData())
        .map(data -> data.get(dataKey))
        .flatMap(KeyProjection::decoded)
        .filter(text -> text.startsWith("gAAAAA"));
  }

  private static Optional<String> decoded(String base64) {
    try {
      return Optional.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static String annotation(Secret secret, String name) {
    return Optional.ofNullable(secret.getMetadata().getAnnotations())
        .map(all -> all.get(name))
        .orElse("");
  }
}
