package dev.llmconfig.mirror;

import dev.llmconfig.domain.Ref;
import java.util.Optional;
import java.util.OptionalInt;

/// An ApiKeyConfig with what its managed Secret holds. JSON stays text here: one row that cannot be
/// read must not take the others with it (traps K8).
///
/// @param secretVersion uid and resourceVersion of the managed Secret; empty without one
/// @param endpoint where the current key was accepted; empty before
public record KeyRow(
    Ref ref,
    ObjectVersion version,
    String secretVersion,
    Declared declared,
    Optional<HeldToken> current,
    Optional<HeldToken> previous,
    String endpoint,
    Told told) {

  /// What the user wants.
  ///
  /// @param source the field of the spec that names the key's source; empty for a keyless provider
  /// @param headers as JSON
  /// @param spec all of it, as JSON
  public record Declared(
      String provider,
      String displayName,
      String source,
      boolean suspended,
      Optional<String> expiresAt,
      String headers,
      String spec) {}

  /// What the operator says of it.
  ///
  /// @param status all of it, as JSON
  public record Told(
      Readiness ready,
      long observedGeneration,
      String maskedKey,
      String fingerprint,
      String candidate,
      Optional<String> checkedAt,
      OptionalInt modelCount,
      OptionalInt usedBy,
      String status) {}
}
