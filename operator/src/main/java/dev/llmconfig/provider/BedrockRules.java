package dev.llmconfig.provider;

import dev.llmconfig.api.Provider;
import dev.llmconfig.api.VerdictReason;
import java.util.Optional;
import java.util.regex.Pattern;

/// AWS names its errors in a header; what it says beside decides between a missing right and a
/// model one must ask for.
final class BedrockRules {

  /// The word, and not a part of `foundation-model/…` or `ListFoundationModels`, which name a
  /// right.
  private static final Pattern MODEL = Pattern.compile("(?<![\\w:/-])models?(?![\\w/-])");

  private BedrockRules() {}

  static Optional<VerdictReason> judge(Answer a) {
    if (!a.from(Provider.Bedrock)) {
      return Optional.empty();
    }
    if (a.why("ExpiredToken")) {
      return Optional.of(VerdictReason.KeyDisabled);
    }
    if (a.why("UnrecognizedClient") || (a.status(403) && a.says("api key is valid"))) {
      return Optional.of(VerdictReason.InvalidKey);
    }
    if (a.why("AccessDenied")) {
      return Optional.of(
          a.saysWord(MODEL) || a.says("use case")
              ? VerdictReason.ModelAccessNotGranted
              : VerdictReason.InsufficientPermissions);
    }
    if (a.why("Validation") && a.says("model identifier", "on-demand throughput")) {
      return Optional.of(VerdictReason.ModelNotFound);
    }
    return CommonRules.when(a.why("ModelNotReady"), VerdictReason.ProviderUnavailable);
  }
}
