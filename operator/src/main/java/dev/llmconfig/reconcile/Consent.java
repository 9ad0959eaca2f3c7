package dev.llmconfig.reconcile;

import dev.llmconfig.api.Annotations;
import dev.llmconfig.domain.AgreedEndpoints;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.provider.OwnHosts;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Optional;

/// Where the owner of a key lets it go: to the provider's own hosts, and wherever the Secret itself
/// says. Otherwise the right to create an ApiKeyConfig would be the right to read every Secret.
///
/// @param required turned off, a key goes wherever an ApiKeyConfig says
/// @param unboundTokens whether this installation trusts all who may write an ApiKeyConfig
public record Consent(boolean required, boolean unboundTokens) {

  /// What is to be said where a Secret's key may not go to the declared endpoint.
  public Optional<String> refusal(ApiKey key, Secret secret) {
    return !required || own(key) || agreed(secret).cover(key.endpoint())
        ? Optional.empty()
        : Optional.of(
            "Secret %s does not let its key go to %s; its owner can agree with: %s"
                .formatted(
                    secret.getMetadata().getName(),
                    key.endpoint(),
                    agreed(secret)
                        .command(
                            new Ref(key.ref().namespace(), secret.getMetadata().getName()),
                            key.endpoint())));
  }

  /// A sealed key says nothing about where it may go.
  Optional<String> refusalOfSealed(ApiKey key) {
    return unboundTokens || own(key)
        ? Optional.empty()
        : Optional.of(
            ("A sealed key goes to the provider's own hosts only, and %s is none of them; seal a Secret"
                    + " that carries the annotation %s, and name it in spec.secretRef.")
                .formatted(key.endpoint().shown(), Annotations.ALLOWED_ENDPOINTS));
  }

  private static boolean own(ApiKey key) {
    return OwnHosts.own(key.provider(), key.endpoint());
  }

  private static AgreedEndpoints agreed(Secret secret) {
    return AgreedEndpoints.of(
        Optional.ofNullable(secret.getMetadata().getAnnotations())
            .map(all -> all.get(Annotations.ALLOWED_ENDPOINTS))
            .orElse(""));
  }
}
