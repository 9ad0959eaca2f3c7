package dev.llmconfig.provider;

import dev.llmconfig.api.VerdictReason;
import java.util.List;

/// The chain that turns any answer into one reason. The order is the knowledge: the same status
/// means different things at different providers, so the words of one that is known come before
/// those that many use, and the bare status comes last (traps P9).
final class Rules {

  static final List<Rule> IN_ORDER =
      List.of(
          new Rule(1, "a redirect", CommonRules::redirect),
          new Rule(2, "a login page of something else", CommonRules::otherLogin),
          new Rule(3, "xAI: the key's own flags", ProviderRules::xaiFlags),
          new Rule(4, "OpenRouter: nothing left to spend", ProviderRules::openRouterLimit),
          new Rule(5, "the answer that was asked for", CommonRules::good),
          new Rule(6, "Google: not a key", GoogleRules::invalidKey),
          new Rule(7, "Google: a key taken out of use", GoogleRules::disabled),
          new Rule(8, "Google: not from this place", GoogleRules::notFromHere),
          new Rule(9, "Google: not for this API", GoogleRules::permissions),
          new Rule(10, "Google: a day's quota, or credits", GoogleRules::quota),
          new Rule(11, "Anthropic: money, under three statuses", ProviderRules::anthropicMoney),
          new Rule(12, "Anthropic: not from this place", ProviderRules::anthropicForbidden),
          new Rule(13, "Azure: resource, network, deployment", ProviderRules::azure),
          new Rule(14, "Bedrock: the error type of AWS", BedrockRules::judge),
          new Rule(15, "401 that says no more", ProviderRules::bareUnauthorized),
          new Rule(16, "OpenAI dialect: scopes", OpenAiRules::scopes),
          new Rule(17, "OpenAI dialect: not from this place", OpenAiRules::notFromHere),
          new Rule(18, "OpenAI dialect: a key taken out of use", OpenAiRules::disabled),
          new Rule(19, "OpenAI dialect: not a key", OpenAiRules::invalidKey),
          new Rule(20, "money", CommonRules::quota),
          new Rule(21, "a model one must ask for", CommonRules::modelAccess),
          new Rule(22, "a model nobody knows", CommonRules::modelNotFound),
          new Rule(23, "an answer cut short or filtered", CommonRules::reached),
          new Rule(24, "a parameter is refused", CommonRules::parameter),
          new Rule(25, "too many requests", CommonRules::rateLimit),
          new Rule(26, "401", CommonRules::unauthorized),
          new Rule(27, "403", CommonRules::forbidden),
          new Rule(28, "not an API of this kind", CommonRules::somethingElse),
          new Rule(29, "the provider's own trouble", CommonRules::unavailable));

  private Rules() {}

  /// Rule 30 is the end of the list.
  static VerdictReason judge(Answer answer) {
    return IN_ORDER.stream()
        .flatMap(rule -> rule.policy().judge(answer).stream())
        .findFirst()
        .orElse(VerdictReason.UnrecognisedAnswer);
  }
}
