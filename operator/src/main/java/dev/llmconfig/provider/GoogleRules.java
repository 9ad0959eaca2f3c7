package dev.llmconfig.provider;

import static dev.llmconfig.provider.CommonRules.when;

import dev.llmconfig.api.Provider;
import dev.llmconfig.api.VerdictReason;
import java.util.Optional;

/// Google says 400 for a wrong key and 403 for nearly everything else; `details[].reason` tells.
final class GoogleRules {

  private GoogleRules() {}

  static Optional<VerdictReason> invalidKey(Answer a) {
    return when(
        a.from(Provider.Google) && (a.why("API_KEY_INVALID") || a.status(401)),
        VerdictReason.InvalidKey);
  }

  static Optional<VerdictReason> disabled(Answer a) {
    return when(
        a.from(Provider.Google)
            && (a.why("CONSUMER_SUSPENDED") || a.says("reported as leaked", "denied access")),
        VerdictReason.KeyDisabled);
  }

  static Optional<VerdictReason> notFromHere(Answer a) {
    boolean blocked =
        a.why(
            "API_KEY_IP_ADDRESS_BLOCKED",
            "API_KEY_HTTP_REFERRER_BLOCKED",
            "API_KEY_ANDROID_APP_BLOCKED",
            "API_KEY_IOS_APP_BLOCKED");
    return when(
        a.from(Provider.Google)
            && (blocked || a.type("FAILED_PRECONDITION") || a.says("location is not supported")),
        VerdictReason.NotAllowedFromHere);
  }

  static Optional<VerdictReason> permissions(Answer a) {
    return when(
        a.from(Provider.Google) && a.why("API_KEY_SERVICE_BLOCKED", "SERVICE_DISABLED"),
        VerdictReason.InsufficientPermissions);
  }

  static Optional<VerdictReason> quota(Answer a) {
    boolean daily = a.error().quotas().stream().anyMatch(quota -> quota.contains("PerDay"));
    return when(
        a.from(Provider.Google)
            && a.type("RESOURCE_EXHAUSTED")
            && (daily || a.says("limit: 0", "credits")),
        VerdictReason.QuotaExhausted);
  }
}
