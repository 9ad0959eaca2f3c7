package dev.llmconfig.domain;

import dev.llmconfig.api.Provider;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A provider credential, as declared, with everything that is declared nowhere filled in.
///
/// @param verifyRequest the newest wish for a check right now: any text, compared and nothing else
public record ApiKey(
    Ref ref,
    String uid,
    long generation,
    Provider provider,
    KeySource source,
    Connection connection,
    ModelSelection models,
    KeyVerification verification,
    Duration gracePeriod,
    Optional<Instant> expiresAt,
    boolean suspended,
    Optional<String> verifyRequest) {

  public Endpoint endpoint() {
    return connection.endpoint();
  }

  /// The one place that this key may be used for.
  public Binding binding() {
    return new Binding(ref.namespace(), ref.name(), endpoint());
  }
}
