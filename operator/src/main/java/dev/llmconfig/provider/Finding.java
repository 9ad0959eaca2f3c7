package dev.llmconfig.provider;

import dev.llmconfig.api.Probe;
import dev.llmconfig.api.VerdictReason;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// What one check ended with.
///
/// @param probe how it was found out: a missing right means less for the free probe
/// @param httpStatus as the provider sent it; empty where there was no answer
/// @param code the provider's own short code, where it is harmless
/// @param retryAfter how long the provider asks to be left alone
/// @param detail what went wrong on the way, in words of ours or as the class of an exception
/// @param said the provider's own words, scrubbed, for the answer to a manual test and nothing else
public record Finding(
    VerdictReason reason,
    Probe probe,
    OptionalInt httpStatus,
    Optional<String> requestId,
    Optional<String> code,
    Optional<Duration> retryAfter,
    Optional<String> detail,
    Optional<String> said) {

  /// One that no answer led to.
  public static Finding of(VerdictReason reason, Probe probe) {
    return withDetail(reason, probe, Optional.empty());
  }

  static Finding withDetail(VerdictReason reason, Probe probe, Optional<String> detail) {
    return new Finding(
        reason,
        probe,
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        detail,
        Optional.empty());
  }

  Finding with(VerdictReason other) {
    return new Finding(other, probe, httpStatus, requestId, code, retryAfter, detail, said);
  }

  /// Logs, events and statuses may print this, so the provider's words are not in it.
  @Override
  public String toString() {
    return "Finding[reason=%s, probe=%s, httpStatus=%s, requestId=%s]"
        .formatted(reason, probe, httpStatus, requestId);
  }
}
