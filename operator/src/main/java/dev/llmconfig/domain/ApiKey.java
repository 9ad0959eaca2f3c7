package dev.llmconfig.domain;

import dev.llmconfig.api.Provider;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A provider credential, as declared, with everything that is declared nowhere filled in.
public record ApiKey(
    Ref ref,
    String uid,
    long generation,
    Provider provider,
    KeySource source,
    Endpoint endpoint,
    KeyVerification verification,
    Duration gracePeriod,
    Optional<Instant> expiresAt,
    boolean suspended) {

  /// The one place that this key may be used for.
  public Binding binding() {
    return new Binding(ref.namespace(), ref.name(), endpoint);
  }
}
