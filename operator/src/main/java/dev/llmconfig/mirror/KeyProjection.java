package dev.llmconfig.mirror;

import static dev.llmconfig.mirror.Projection.text;

import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.EmptyListReason;
import dev.llmconfig.api.Labels;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigSpec;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigStatus;
import dev.llmconfig.api.v1alpha1.Note;
import dev.llmconfig.domain.KeyPhase;
import dev.llmconfig.domain.Ref;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An ApiKeyConfig and its managed Secret as one row. The Secret is the truth of both tokens and of
/// where each may go; the status only of what is shown.
final class KeyProjection {

  private static final Set<String> REASONS =
      Stream.<Enum<?>[]>of(EmptyListReason.values(), VerdictReason.values())
          .flatMap(Arrays::stream)
          .map(Enum::name)
          .collect(Collectors.toUnmodifiableSet());

  private KeyProjection() {}

  static KeyRow row(ApiKeyConfig config, Optional<Secret> managed, Optional<ConfigMap> facts) {
    var ref = Projection.ref(config);
    var spec = Objects.requireNonNullElseGet(config.getSpec(), ApiKeyConfigSpec::new);
    var status = Objects.requireNonNullElseGet(config.getStatus(), ApiKeyConfigStatus::new);
    var secret = managed.filter(found -> ours(found, ref));
    var current = secret.flatMap(KeyProjection::current);
    var terms =
        secret
            .<HasMetadata>map(found -> found)
            .or(() -> facts)
            .map(found -> Projection.annotation(found, Annotations.TERMS))
            .orElse("");
    return new KeyRow(
        ref,
        Projection.version(config),
        secret.map(KeyProjection::version).orElse(""),
        facts.map(KeyProjection::version).orElse(""),
        declared(config, spec),
        current,
        secret.flatMap(KeyProjection::previous),
        new KeyRow.Accepted(
            current.map(HeldToken::endpoint).orElseGet(() -> text(status.getEndpoint())),
            terms,
            facts.filter(_ -> !terms.isEmpty()).flatMap(KeyProjection::authority)),
        told(config, status, secret));
  }

  /// Terms without certificates know of none, and whoever may write ConfigMaps may add some.
  private static Optional<String> authority(ConfigMap facts) {
    return Optional.ofNullable(facts.getData())
        .map(data -> data.get(ManagedNames.AUTHORITY))
        .filter(pem -> !pem.isEmpty());
  }

  private static boolean ours(Secret secret, Ref key) {
    return Projection.owner(secret).filter(key::equals).isPresent()
        && Labels.OPERATOR.equals(secret.getMetadata().getLabels().get(Labels.MANAGED_BY))
        && ManagedNames.encryptedSecret(key.name()).equals(secret.getMetadata().getName());
  }

  private static String version(HasMetadata object) {
    return object.getMetadata().getUid() + "/" + object.getMetadata().getResourceVersion();
  }

  private static KeyRow.Declared declared(ApiKeyConfig config, ApiKeyConfigSpec spec) {
    return new KeyRow.Declared(
        text(spec.getProvider()),
        text(spec.getDisplayName()),
        Projection.annotation(config, Annotations.ENVIRONMENT).isEmpty()
            ? source(spec)
            : KeyRow.ENVIRONMENT,
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

  private static KeyRow.Told told(
      ApiKeyConfig config, ApiKeyConfigStatus status, Optional<Secret> secret) {
    return new KeyRow.Told(
        phase(config, status),
        Projection.readiness(status.getConditions()),
        status.getObservedGeneration() == null ? 0 : status.getObservedGeneration(),
        text(status.getMaskedKey()),
        secret
            .map(held -> Projection.annotation(held, Annotations.FINGERPRINT))
            .orElseGet(() -> text(status.getFingerprint())),
        text(status.getCandidate()),
        Optional.ofNullable(status.getLastVerifiedTime()),
        Projection.number(status.getModelCount()),
        emptyList(status),
        Projection.number(status.getUsedBy()),
        Json.text(status));
  }

  private static KeyPhase phase(ApiKeyConfig config, ApiKeyConfigStatus status) {
    var ready = Projection.readiness(status.getConditions());
    var verified = Projection.condition(status.getConditions(), "Verified");
    return KeyPhase.of(
        new KeyPhase.Signs(
            config.getMetadata().getDeletionTimestamp() != null,
            Objects.equals(status.getObservedGeneration(), config.getMetadata().getGeneration()),
            ready.status(),
            ready.reason(),
            verified.status(),
            verified.reason()));
  }

  /// The note that says why there is nothing to choose from.
  private static Optional<KeyRow.EmptyList> emptyList(ApiKeyConfigStatus status) {
    return status.getModelCount() == null || status.getModelCount() != 0
        ? Optional.empty()
        : Objects.requireNonNullElse(status.getNotes(), List.<Note>of()).stream()
            .filter(note -> REASONS.contains(text(note.getReason())))
            .findFirst()
            .map(note -> new KeyRow.EmptyList(text(note.getReason()), text(note.getMessage())));
  }

  private static Optional<HeldToken> current(Secret secret) {
    return token(secret, ManagedNames.CURRENT)
        .map(token ->
            new HeldToken(
                token,
                Projection.annotation(secret, Annotations.REVISION),
                Projection.annotation(secret, Annotations.ENDPOINT),
                Optional.empty()));
  }

  private static Optional<HeldToken> previous(Secret secret) {
    return token(secret, ManagedNames.PREVIOUS)
        .map(token ->
            new HeldToken(
                token,
                Projection.annotation(secret, Annotations.PREVIOUS_REVISION),
                Projection.annotation(secret, Annotations.PREVIOUS_ENDPOINT),
                Optional.of(Projection.annotation(secret, Annotations.PREVIOUS_UNTIL))));
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
}
