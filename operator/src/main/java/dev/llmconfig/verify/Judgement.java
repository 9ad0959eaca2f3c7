package dev.llmconfig.verify;

import dev.llmconfig.api.VerdictKind;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.provider.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How much a finding may change, given what was known before. Pure.
final class Judgement {

  /// Some providers say the same for a wrong key and a spent budget. Nobody lets a budget be spent
  /// for a day, so after that it is the key.
  static final Duration KEY_REFUSED_IS_FINAL = Duration.ofHours(24);

  private Judgement() {}

  static VerdictKind kind(
      Finding finding, boolean acceptedBefore, Optional<Instant> keyRefusedSince, Instant now) {
    boolean finalRefusal =
        finding.reason() == VerdictReason.KeyRefused
            && keyRefusedSince
                .filter(since -> !since.plus(KEY_REFUSED_IS_FINAL).isAfter(now))
                .isPresent();
    if (finalRefusal) {
      return VerdictKind.Refused;
    }
    return acceptedBefore
        ? finding.reason().kindOnceAccepted(finding.probe())
        : finding.reason().kindAtFirstContact(finding.probe());
  }
}
