package dev.llmconfig.plan;

import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.domain.ApiKey;
import java.util.Optional;

/// A verdict in words, with the names of this key in them. Nothing in a sentence changes from check
/// to check.
final class KeyWords {

  private static final String PLACE =
      "The endpoint %s leads to a private, loopback or link-local address; use a public one, or"
          + " agree with spec.allowInsecureEndpoint: true (never possible for link-local ones).";

  private final VerdictReason.Names names;

  KeyWords(ApiKey key) {
    this.names =
        new VerdictReason.Names(
            key.provider().name(), key.endpoint().shown(), Optional.empty(), key.source().place());
  }

  VerdictReason.Names names() {
    return names;
  }

  String sentence(VerdictReason reason) {
    return reason.sentence(names);
  }

  /// With what to do about it.
  String refused(VerdictReason reason) {
    return reason == VerdictReason.EndpointNotAllowed
        ? PLACE.formatted(names.host())
        : reason.sentence(names) + " " + reason.nextStep(names);
  }
}
