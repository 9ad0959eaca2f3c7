package dev.llmconfig.domain;

import dev.llmconfig.api.Provider;
import dev.llmconfig.api.VerificationMode;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The only door from the types of the API: past it everything is valid by type, with the defaults
/// filled in. The API server has checked most of this; what reaches us in spite of it (older CRDs)
/// is reported and not used.
public final class Parsing {

  private static final Duration GRACE_PERIOD = Duration.ofDays(7);

  private final List<Problem> problems = new ArrayList<>();

  private Parsing() {}

  public static Validated<ApiKey> apiKey(ApiKeyConfig config) {
    return new Parsing().parsed(config);
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
            endpoint.get(),
            verification(spec),
            gracePeriod(spec),
            expiresAt,
            Boolean.TRUE.equals(spec.getSuspend())));
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
              Objects.requireNonNullElse(spec.getSealedKey().getEncryptedData(), "")));
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

  private static KeyVerification verification(ApiKeyConfigSpec spec) {
    return spec.getVerification() != null
            && spec.getVerification().getMode() == VerificationMode.Disabled
        ? KeyVerification.Disabled
        : KeyVerification.Required;
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
