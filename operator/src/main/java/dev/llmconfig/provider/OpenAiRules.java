package dev.llmconfig.provider;

import static dev.llmconfig.provider.CommonRules.when;

import dev.llmconfig.api.Dialect;
import dev.llmconfig.api.VerdictReason;
import java.util.Optional;

/// What OpenAI and those who copied its errors say in words or codes, whatever the status.
final class OpenAiRules {

  private OpenAiRules() {}

  /// 401 or 403, and in both cases the key is genuine.
  static Optional<VerdictReason> scopes(Answer a) {
    return when(
        a.speaks(Dialect.OpenAI) && a.says("missing scopes"),
        VerdictReason.InsufficientPermissions);
  }

  static Optional<VerdictReason> notFromHere(Answer a) {
    return when(
        a.speaks(Dialect.OpenAI)
            && (a.code("unsupported_country_region_territory")
                || a.says("ip not authorized", "check your network settings")),
        VerdictReason.NotAllowedFromHere);
  }

  static Optional<VerdictReason> disabled(Answer a) {
    boolean said = a.status(401, 403) && a.says("deactivated", "disabled", "expired");
    return when(
        a.speaks(Dialect.OpenAI) && (a.code("account_deactivated") || said),
        VerdictReason.KeyDisabled);
  }

  /// xAI says it with 400.
  static Optional<VerdictReason> invalidKey(Answer a) {
    return when(
        a.speaks(Dialect.OpenAI)
            && (a.code("invalid_api_key") || a.begins("incorrect api key", "invalid api key")),
        VerdictReason.InvalidKey);
  }
}
