package dev.llmconfig.impact;

import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigStatus;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.KeySource;
import dev.llmconfig.domain.KeyState;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Problem;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.reconcile.Consent;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// What an ApiKeyConfig will be once its change has been worked on, if all goes well: nobody is
/// asked, so what that depends on is told.
///
/// @param unknown sentences
/// @param accepted its status then, where it is not the one that it has
record KeyForecast(KeyState state, List<String> unknown, Optional<ApiKeyConfigStatus> accepted) {

  private static final Consent CONSENT = new Consent(true, false);

  /// In place of a revision that only the cluster can work out.
  static final String NEW_KEY = "(new key)";

  /// In place of the revision that agents have already, where there is no cluster.
  static final String PRESENT_KEY = "(present key)";

  KeyForecast {
    unknown = List.copyOf(unknown);
  }

  private static KeyForecast sure(KeyState state) {
    return new KeyForecast(state, List.of(), Optional.empty());
  }

  /// @param before the world that the change is made to
  static KeyForecast of(Scene before, Scene after, Ref ref, String fresh) {
    var config = after.apiKey(ref);
    if (config.isEmpty()) {
      return sure(new KeyState.Absent());
    }
    return switch (Parsing.apiKey(config.get())) {
      case Validated.Invalid<ApiKey>(var problems) ->
          new KeyForecast(
              new KeyState.NotReady("SpecInvalid"),
              List.of(
                  "ApiKeyConfig %s is invalid: %s"
                      .formatted(
                          ref.name(),
                          problems.stream()
                              .map(Problem::sentence)
                              .collect(Collectors.joining(" ")))),
              Optional.empty());
      case Validated.Valid<ApiKey>(var declared) ->
          of(before, after, config.get(), declared, fresh);
    };
  }

  private static KeyForecast of(
      Scene before, Scene after, ApiKeyConfig config, ApiKey declared, String fresh) {
    var ref = declared.ref();
    var was =
        before
            .apiKey(ref)
            .flatMap(one ->
                Parsing.apiKey(one) instanceof Validated.Valid<ApiKey>(var key)
                    ? Optional.of(key)
                    : Optional.empty());
    var status = Optional.ofNullable(config.getStatus());
    if (before.apiKey(ref).isEmpty() && status.isPresent()) {
      // It was exported from a cluster, and that is believed.
      return sure(Parsing.keyState(Optional.of(config)));
    }
    var sourceChanged =
        status.map(ApiKeyConfigStatus::getObservedGeneration).isEmpty()
            || was.filter(one -> one.source().equals(declared.source())).isEmpty()
            || secretChanged(before, after, declared)
            || (consentChanged(before, after, declared) && !ready(config));
    var placeChanged = was.filter(one -> one.connection().equals(declared.connection())).isEmpty();
    if (!sourceChanged && !placeChanged) {
      status
          .filter(_ -> before.apiKey(ref).filter(KeyForecast::observed).isPresent())
          .ifPresent(one -> one.setObservedGeneration(config.getMetadata().getGeneration()));
      return sure(Parsing.keyState(Optional.of(config)));
    }
    if (declared.suspended()) {
      return sure(new KeyState.NotReady("Suspended"));
    }
    if (noSuchDataKey(after, declared)) {
      return sure(new KeyState.NotReady("KeyNotInSecret"));
    }
    var refusal = refusal(after, declared);
    if (refusal.isPresent()) {
      return new KeyForecast(
          new KeyState.NotReady("EndpointNotAllowed"), List.of(refusal.get()), Optional.empty());
    }
    var held = status.map(ApiKeyConfigStatus::getRevision).filter(_ -> !sourceChanged);
    var then = accepted(config, declared, held.orElse(fresh));
    config.setStatus(then);
    return new KeyForecast(
        Parsing.keyState(Optional.of(config)),
        fresh.equals(NEW_KEY) ? unknown(after, declared, sourceChanged) : List.of(),
        Optional.of(then));
  }

  private static boolean observed(ApiKeyConfig config) {
    return config.getStatus() != null
        && Objects.equals(
            config.getStatus().getObservedGeneration(), config.getMetadata().getGeneration());
  }

  private static ApiKeyConfigStatus accepted(
      ApiKeyConfig config, ApiKey declared, String revision) {
    var status = new ApiKeyConfigStatus();
    status.setObservedGeneration(config.getMetadata().getGeneration());
    status.setEndpoint(declared.endpoint().text());
    if (!(declared.source() instanceof KeySource.Keyless)) {
      status.setRevision(revision);
    }
    status.setConditions(
        List.of(new ConditionBuilder().withType("Ready").withStatus("True").build()));
    return status;
  }

  private static boolean secretChanged(Scene before, Scene after, ApiKey key) {
    return key.source() instanceof KeySource.FromSecret(var name, var dataKey)
        && !digest(before, key, name, dataKey).equals(digest(after, key, name, dataKey));
  }

  private static Optional<String> digest(
      Scene world, ApiKey key, String secret, Optional<String> dataKey) {
    return world
        .secret(new Ref(key.ref().namespace(), secret))
        .map(one -> SecretDigests.of(one, dataKey.orElse("")));
  }

  private static boolean ready(ApiKeyConfig config) {
    return Parsing.keyState(Optional.of(config)) instanceof KeyState.Usable;
  }

  private static boolean consentChanged(Scene before, Scene after, ApiKey key) {
    return key.source() instanceof KeySource.FromSecret(var name, _)
        && !endpoints(before, key, name).equals(endpoints(after, key, name));
  }

  private static Optional<String> endpoints(Scene world, ApiKey key, String secret) {
    return world.secret(new Ref(key.ref().namespace(), secret)).map(SecretDigests::endpoints);
  }

  /// A Secret that is known must agree.
  private static Optional<String> refusal(Scene world, ApiKey key) {
    return key.source() instanceof KeySource.FromSecret(var name, _)
        ? world
            .secret(new Ref(key.ref().namespace(), name))
            .flatMap(secret -> CONSENT.refusal(key, SecretDigests.said(secret)))
            .map(why ->
                why + ". Only an operator with --require-endpoint-consent=false would take it.")
        : Optional.empty();
  }

  private static boolean noSuchDataKey(Scene world, ApiKey key) {
    return key.source() instanceof KeySource.FromSecret(var name, var dataKey)
        && world
            .secret(new Ref(key.ref().namespace(), name))
            .filter(one -> !SecretDigests.has(one, dataKey.orElse("")))
            .isPresent();
  }

  private static List<String> unknown(Scene world, ApiKey key, boolean sourceChanged) {
    var name = key.ref().name();
    var asks =
        key.verification().required()
            ? "Whether %s accepts the key of ApiKeyConfig %s at %s: nobody was asked."
                .formatted(key.provider(), name, key.endpoint().shown())
            : "";
    var revision =
        sourceChanged && !(key.source() instanceof KeySource.Keyless)
            ? "The revision of the key of ApiKeyConfig %s: only the cluster can tell. If it is the key in use already, it restarts nobody."
                .formatted(name)
            : "";
    var unread =
        key.source() instanceof KeySource.FromSecret(var secret, _)
            ? Optional.of(secret)
                .filter(one -> world.secret(new Ref(key.ref().namespace(), one)).isEmpty())
            : Optional.<String>empty();
    var missing =
        unread
            .filter(_ -> sourceChanged)
            .map(one ->
                "Whether there is a Secret %s with the key of ApiKeyConfig %s: it was not read."
                    .formatted(one, name))
            .orElse("");
    var consent =
        unread
            .filter(_ -> CONSENT.refusal(key, SecretDigests.NOT_KNOWN).isPresent())
            .map(one ->
                "Whether Secret %s lets its key go to %s (annotation %s): it was not read."
                    .formatted(one, key.endpoint().shown(), Annotations.ALLOWED_ENDPOINTS))
            .orElse("");
    return List.of(missing, consent, asks, revision).stream()
        .filter(one -> !one.isEmpty())
        .toList();
  }

  static boolean madeUp(String revision) {
    return revision.equals(NEW_KEY) || revision.equals(PRESENT_KEY);
  }
}
