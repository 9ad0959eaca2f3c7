package dev.llmconfig.plan;

import dev.llmconfig.api.VerdictKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// That the provider shall be asked, now or when it is due, and what is known already, so that
/// nobody is asked twice for the same cause.
///
/// @param acceptedBefore whether this place has ever accepted this key
/// @param refusedSince since when the provider has refused the key without saying why
/// @param known the last answer of an earlier life
/// @param request the wish of a person that was not answered yet
public record KeyCheck(
    boolean acceptedBefore,
    Optional<Instant> refusedSince,
    Optional<Known> known,
    Optional<String> request,
    Optional<Duration> every) {

  public record Known(VerdictKind kind, Instant at) {}
}
