package dev.llmconfig.provider;

import static dev.llmconfig.provider.CommonRules.when;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.VerdictReason;
import java.util.Optional;

/// What single providers do in ways of their own.
final class ProviderRules {

  private ProviderRules() {}

  static Optional<VerdictReason> xaiFlags(Answer a) {
    boolean blocked =
        a.field("/api_key_blocked").asBoolean()
            || a.field("/api_key_disabled").asBoolean()
            || a.field("/team_blocked").asBoolean();
    return when(
        a.from(Provider.XAI) && a.to(Purpose.Key) && a.status(200) && blocked,
        VerdictReason.KeyDisabled);
  }

  static Optional<VerdictReason> openRouterLimit(Answer a) {
    JsonNode left = a.field("/data/limit_remaining");
    return when(
        a.from(Provider.OpenRouter)
            && a.to(Purpose.Key)
            && a.status(200)
            && left.isNumber()
            && left.decimalValue().signum() <= 0,
        VerdictReason.QuotaExhausted);
  }

  /// 400, 402 and 429 can all mean money; a limit on the rate comes with `retry-after`.
  static Optional<VerdictReason> anthropicMoney(Answer a) {
    boolean credit = a.status(400) && a.says("credit balance", "usage limit", "spend limit");
    boolean cap =
        a.status(429)
            && a.reply().header("retry-after").isEmpty()
            && a.says("spend", "usage limit");
    return when(
        a.from(Provider.Anthropic) && (a.status(402) || credit || cap),
        VerdictReason.QuotaExhausted);
  }

  static Optional<VerdictReason> anthropicForbidden(Answer a) {
    return when(
        a.from(Provider.Anthropic) && a.status(403) && a.type("forbidden"),
        VerdictReason.NotAllowedFromHere);
  }

  static Optional<VerdictReason> azure(Answer a) {
    if (!a.from(Provider.AzureOpenAI)) {
      return Optional.empty();
    }
    if (a.status(401)) {
      return Optional.of(VerdictReason.InvalidKeyOrEndpoint);
    }
    if (a.status(403) && a.says("virtual network", "firewall", "private endpoint")) {
      return Optional.of(VerdictReason.NotAllowedFromHere);
    }
    if (a.code("DeploymentNotFound")) {
      return Optional.of(VerdictReason.ModelNotFound);
    }
    return when(a.status(404), VerdictReason.NotAnLLMEndpoint);
  }

  /// Perplexity answers in HTML; Mistral says the same for a wrong key and a plan that is used up.
  static Optional<VerdictReason> bareUnauthorized(Answer a) {
    if (!a.status(401)) {
      return Optional.empty();
    }
    return when(a.from(Provider.Perplexity), VerdictReason.InvalidKey)
        .or(() -> when(a.from(Provider.Mistral), VerdictReason.KeyRefused));
  }
}
