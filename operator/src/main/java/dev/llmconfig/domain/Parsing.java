package dev.llmconfig.domain;

import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.Discovery;
import dev.llmconfig.api.Probe;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.SealingScope;
import dev.llmconfig.api.VerificationMode;
import dev.llmconfig.api.v1alpha1.AdditionalModel;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigSpec;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.api.v1alpha1.Verification;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The only door from the types of the API: past it everything is valid by type, with the defaults
/// filled in. The API server has checked most of this; what reaches us in spite of it (older CRDs)
/// is reported and not used.
public final class Parsing {

  private static final Duration GRACE_PERIOD = Duration.ofDays(7);
  private static final Duration INTERVAL = Duration.ofHours(6);
  private static final int SHORTEST_INTERVAL = 300;

  private final List<Problem> problems = new ArrayList<>();

  private Parsing() {}

  public static Validated<ApiKey> apiKey(ApiKeyConfig config) {
    return new Parsing().parsed(config);
  }

  public static Validated<ModelSettings> model(ModelConfig config) {
    return ParsingModel.read(config);
  }

  /// Whether a ModelConfig claims the agents that follow the default; none that is being deleted
  /// does.
  public static Optional<DefaultClaim> defaultClaim(ModelConfig config) {
    return ParsingModel.claim(config);
  }

  /// Whether the key of an ApiKeyConfig can be used, as those see it who name it.
  public static KeyState keyState(Optional<ApiKeyConfig> config) {
    return config.map(ParsingKeyState::read).orElseGet(KeyState.Absent::new);
  }

  private Validated<ApiKey> parsed(ApiKeyConfig config) {
    var spec = config.getSpec();
    if (spec == null || spec.getProvider() == null) {
      return new Validated.Invalid<>(
          List.of(new Problem("spec.provider", "spec.provider is missing: name the provider.")));
    }
    var provider = spec.getProvider();
    var source = source(spec, provider);
    var endpoint = endpoint(spec, provider);
    var headers = headers(spec);
    var ca = ca(spec);
    var expiresAt = expiresAt(spec);
    if (!problems.isEmpty() || endpoint.isEmpty()) {
      return new Validated.Invalid<>(problems);
    }
    var meta = config.getMetadata();
    return new Validated.Valid<>(
        new ApiKey(
            new Ref(meta.getNamespace(), meta.getName()),
            Objects.requireNonNullElse(meta.getUid(), ""),
            Objects.requireNonNullElse(meta.getGeneration(), 0L),
            provider,
            source,
            new Connection(
                endpoint.get(),
                Boolean.TRUE.equals(spec.getAllowInsecureEndpoint()),
                headers,
                ca,
                azure(spec)),
            models(spec),
            verification(spec),
            gracePeriod(spec),
            expiresAt,
            Boolean.TRUE.equals(spec.getSuspend()),
            Optional.ofNullable(meta.getAnnotations())
                .flatMap(all -> given(all.get(Annotations.VERIFY_REQUESTED_AT)))));
  }

  private KeySource source(ApiKeyConfigSpec spec, Provider provider) {
    var sources = new ArrayList<KeySource>();
    if (spec.getSecretRef() != null) {
      sources.add(
          new KeySource.FromSecret(
              Objects.requireNonNullElse(spec.getSecretRef().getName(), ""),
              given(spec.getSecretRef().getKey())));
    }
    given(spec.getEncryptedKey()).ifPresent(token -> sources.add(new KeySource.Encrypted(token)));
    if (spec.getSealedKey() != null) {
      sources.add(
          new KeySource.Sealed(
              Objects.requireNonNullElse(spec.getSealedKey().getEncryptedData(), ""),
              Objects.requireNonNullElse(spec.getSealedKey().getScope(), SealingScope.Strict)));
    }
    if (sources.size() > 1) {
      problem("spec", "A key has one source: keep one of secretRef, encryptedKey and sealedKey.");
    }
    if (sources.isEmpty() && !provider.keyless()) {
      problem(
          "spec", "%s needs a key: add secretRef, encryptedKey or sealedKey.".formatted(provider));
    }
    return sources.isEmpty() ? new KeySource.Keyless() : sources.getFirst();
  }

  private Optional<Endpoint> endpoint(ApiKeyConfigSpec spec, Provider provider) {
    var text = given(spec.getEndpoint()).or(provider::defaultEndpoint);
    if (text.isEmpty()) {
      problem(
          "spec.endpoint", "%s has no endpoint of its own: set spec.endpoint.".formatted(provider));
      return Optional.empty();
    }
    return switch (Endpoint.parse(text.get())) {
      case Validated.Valid<Endpoint>(var endpoint) -> Optional.of(endpoint);
      case Validated.Invalid<Endpoint>(var found) -> {
        found.forEach(one -> problem("spec.endpoint", one.sentence()));
        yield Optional.empty();
      }
    };
  }

  /// A header that would replace the credential, or break the request, is refused here, too.
  private List<Header> headers(ApiKeyConfigSpec spec) {
    var headers = new ArrayList<Header>();
    for (var declared :
        Objects.requireNonNullElse(
            spec.getHeaders(), List.<dev.llmconfig.api.v1alpha1.Header>of())) {
      var name = Objects.requireNonNullElse(declared.getName(), "");
      try {
        headers.add(new Header(name, Objects.requireNonNullElse(declared.getValue(), "")));
      } catch (IllegalArgumentException reserved) {
        problem(
            "spec.headers",
            "spec.headers may not set %s, which is the operator's to set; remove it."
                .formatted(name));
      }
    }
    return headers;
  }

  private static ModelSelection models(ApiKeyConfigSpec spec) {
    var declared =
        Objects.requireNonNullElseGet(
            spec.getModels(), dev.llmconfig.api.v1alpha1.ModelSelection::new);
    return new ModelSelection(
        declared.getDiscovery() != Discovery.Disabled,
        Objects.requireNonNullElse(declared.getAllow(), List.of()),
        Objects.requireNonNullElse(declared.getAdditional(), List.<AdditionalModel>of()).stream()
            .filter(model -> model.getId() != null)
            .map(Parsing::additional)
            .toList());
  }

  private static ModelSelection.Additional additional(AdditionalModel model) {
    return new ModelSelection.Additional(
        Objects.requireNonNullElse(model.getId(), ""),
        given(model.getBaseModel()),
        number(model.getContextTokens()),
        number(model.getMaxOutputTokens()));
  }

  private static OptionalInt number(@Nullable Integer number) {
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  private Optional<CaSource> ca(ApiKeyConfigSpec spec) {
    var declared = spec.getCaRef();
    if (declared == null) {
      return Optional.empty();
    }
    if (declared.getKind() == null || declared.getName() == null || declared.getKey() == null) {
      problem("spec.caRef", "spec.caRef needs kind (ConfigMap or Secret), name and key.");
      return Optional.empty();
    }
    return Optional.of(new CaSource(declared.getKind(), declared.getName(), declared.getKey()));
  }

  private static Optional<String> azure(ApiKeyConfigSpec spec) {
    return Optional.ofNullable(spec.getAzure()).flatMap(azure -> given(azure.getApiVersion()));
  }

  private static KeyVerification verification(ApiKeyConfigSpec spec) {
    var declared = Objects.requireNonNullElseGet(spec.getVerification(), Verification::new);
    var seconds = declared.getIntervalSeconds();
    return new KeyVerification(
        Objects.requireNonNullElse(declared.getMode(), VerificationMode.OnChangeAndPeriodic),
        Objects.requireNonNullElse(declared.getProbe(), Probe.ListModels),
        seconds == null ? INTERVAL : Duration.ofSeconds(Math.max(seconds, SHORTEST_INTERVAL)));
  }

  private static Duration gracePeriod(ApiKeyConfigSpec spec) {
    return spec.getRotation() == null || spec.getRotation().getGracePeriodSeconds() == null
        ? GRACE_PERIOD
        : Duration.ofSeconds(spec.getRotation().getGracePeriodSeconds());
  }

  private Optional<Instant> expiresAt(ApiKeyConfigSpec spec) {
    try {
      return given(spec.getExpiresAt()).map(text -> OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException _) {
      problem("spec.expiresAt", "spec.expiresAt is no time like 2027-03-31T00:00:00Z.");
      return Optional.empty();
    }
  }

  private static Optional<String> given(@Nullable String text) {
    return Optional.ofNullable(text).filter(value -> !value.isEmpty());
  }

  private void problem(String field, String sentence) {
    problems.add(new Problem(field, sentence));
  }
}
