package dev.llmconfig.reconcile;

import dev.llmconfig.api.Annotations;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.provider.OwnHosts;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where the owner of a key lets it go: to the provider's own hosts, and wherever the Secret itself
/// says. Otherwise the right to create an ApiKeyConfig would be the right to read every Secret.
///
/// @param required turned off, a key goes wherever an ApiKeyConfig says
/// @param unboundTokens whether this installation trusts all who may write an ApiKeyConfig
public record Consent(boolean required, boolean unboundTokens) {

  /// What is to be said where a Secret's key may not go to the declared endpoint.
  public Optional<String> refusal(ApiKey key, Secret secret) {
    return !required || own(key) || agreed(secret).anyMatch(one -> one.covers(key.endpoint()))
        ? Optional.empty()
        : Optional.of(
            "Secret %s does not let its key go to %s; its owner can agree with: %s"
                .formatted(secret.getMetadata().getName(), key.endpoint(), command(key, secret)));
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

  /// What was agreed to before stays agreed to. Only what reads as an endpoint is repeated, because
  /// people paste commands.
  private static String command(ApiKey key, Secret secret) {
    var endpoints =
        Stream.concat(agreed(secret).map(Endpoint::text), Stream.of(key.endpoint().text()))
            .distinct()
            .collect(Collectors.joining(","));
    return "kubectl annotate secret %s --namespace %s --overwrite '%s=%s'"
        .formatted(
            secret.getMetadata().getName(),
            key.ref().namespace(),
            Annotations.ALLOWED_ENDPOINTS,
            endpoints);
  }

  private static Stream<Endpoint> agreed(Secret secret) {
    return Optional.ofNullable(secret.getMetadata().getAnnotations())
        .map(all -> all.get(Annotations.ALLOWED_ENDPOINTS))
        .map(text -> Arrays.asList(text.split(",", -1)))
        .orElseGet(List::of)
        .stream()
        .flatMap(entry ->
            Endpoint.parse(entry.strip()) instanceof Validated.Valid<Endpoint>(var endpoint)
                ? Stream.of(endpoint)
                : Stream.empty());
  }
}
