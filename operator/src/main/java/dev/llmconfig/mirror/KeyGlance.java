package dev.llmconfig.mirror;

import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigSpec;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigStatus;
import dev.llmconfig.domain.Ref;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is measured of one key.
///
/// @param provider empty where this version does not know the provider
/// @param verifiedAt when the provider last said something definite about it
public record KeyGlance(
    Ref ref,
    String provider,
    boolean ready,
    Optional<Instant> verifiedAt,
    Optional<Instant> expiresAt) {

  static KeyGlance at(ApiKeyConfig config) {
    var spec = Objects.requireNonNullElseGet(config.getSpec(), ApiKeyConfigSpec::new);
    var status = Objects.requireNonNullElseGet(config.getStatus(), ApiKeyConfigStatus::new);
    return new KeyGlance(
        Projection.ref(config),
        Projection.text(spec.getProvider()),
        Projection.readiness(status.getConditions()).status().equals("True"),
        time(status.getLastVerifiedTime()),
        time(spec.getExpiresAt()));
  }

  private static Optional<Instant> time(@Nullable String text) {
    try {
      return Optional.ofNullable(text).map(Instant::parse);
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }
}
