package dev.llmconfig.mirror;

import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.KeyPhase;
import dev.llmconfig.domain.Ref;
import java.util.Optional;
import java.util.OptionalInt;

/// An ApiKeyConfig with what its managed Secret holds. JSON stays text here: one row that cannot be
/// read must not take the others with it (traps K8).
///
/// @param secretVersion uid and resourceVersion of the managed Secret; empty without one
/// @param factsVersion the same of what was found out about it
public record KeyRow(
    Ref ref,
    ObjectVersion version,
    String secretVersion,
    String factsVersion,
    Declared declared,
    Optional<HeldToken> current,
    Optional<HeldToken> previous,
    Accepted accepted,
    Told told)
    implements MirrorRow {

  /// The source of a key that is not the store's own.
  public static final String ENVIRONMENT = "environment";

  /// As the operator understands what is declared; empty where it does not.
  public Optional<ApiKey> key() {
    return RowReading.key(this);
  }

  /// What the user wants.
  ///
  /// @param source the field of the spec that names the key's source, or [#ENVIRONMENT]; empty for
  ///   a keyless provider
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

  /// How the current key is used, whatever is declared by now.
  ///
  /// @param endpoint empty before there is one
  /// @param terms a digest of headers, certificates and API version; empty for nothing
  /// @param authority the certificates, as PEM
  public record Accepted(String endpoint, String terms, Optional<String> authority) {}

  /// Why there is nothing to choose from.
  public record EmptyList(String reason, String message) {}

  /// What the operator says of it.
  ///
  /// @param phase what follows from its conditions, by the one rule for it
  /// @param status all of it, as JSON
  public record Told(
      KeyPhase phase,
      Readiness ready,
      long observedGeneration,
      String maskedKey,
      String fingerprint,
      String candidate,
      Optional<String> checkedAt,
      OptionalInt modelCount,
      Optional<EmptyList> emptyList,
      OptionalInt usedBy,
      String status) {}
}
