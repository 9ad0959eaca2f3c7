package dev.llmconfig.provider;

import dev.llmconfig.api.Dialect;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.VerdictReason;
import java.util.Locale;
import java.util.Optional;

/// What holds for every provider.
final class CommonRules {

  private CommonRules() {}

  static Optional<VerdictReason> redirect(Answer a) {
    return when(a.statusBetween(300, 399), VerdictReason.EndpointRedirected);
  }

  static Optional<VerdictReason> otherLogin(Answer a) {
    String scheme =
        a.reply().header("www-authenticate").orElse("").strip().toLowerCase(Locale.ROOT);
    boolean other = scheme.startsWith("basic") || scheme.startsWith("negotiate");
    return when(
        !a.from(Provider.Perplexity) && a.status(401) && a.json().isEmpty() && other,
        VerdictReason.NotAnLLMEndpoint);
  }

  /// Whether it proves the key as well is for the prober to say, who knows what was sent.
  static Optional<VerdictReason> good(Answer a) {
    return when(a.good(), VerdictReason.KeyAccepted);
  }

  static Optional<VerdictReason> quota(Answer a) {
    boolean coded =
        a.codeOrType("insufficient_quota", "credit_balance_exhausted")
            || a.error().code().filter(code -> code.startsWith("billing_")).isPresent()
            || a.error().type().filter(type -> type.startsWith("billing_")).isPresent();
    return when(
        a.status(402)
            || coded
            || a.says(
                "insufficient balance",
                "insufficient credits",
                "all available credits",
                "any credits"),
        VerdictReason.QuotaExhausted);
  }

  static Optional<VerdictReason> modelAccess(Answer a) {
    boolean said = a.says("does not have access to model", "must be verified to use");
    return when(
        a.call().purpose().namesModel() && (said || (a.status(403) && a.code("model_not_found"))),
        VerdictReason.ModelAccessNotGranted);
  }

  /// Only where a model was named: a list that is not found is another trouble.
  static Optional<VerdictReason> modelNotFound(Answer a) {
    boolean coded =
        a.codeOrType(
            "model_not_found",
            "model_not_available",
            "model_decommissioned",
            "invalid_model",
            "NotFoundError");
    boolean path = a.status(404) && (a.speaks(Dialect.Gemini) || byId(a));
    boolean anthropic = a.status(404) && a.speaks(Dialect.Anthropic) && a.says("model");
    boolean said =
        a.says("model") && a.says("not found", "not exist", "not a valid", "decommissioned");
    return when(
        a.call().purpose().namesModel()
            && (coded || path || anthropic || said || a.says("no endpoints found")),
        VerdictReason.ModelNotFound);
  }

  static Optional<VerdictReason> reached(Answer a) {
    return when(
        (a.status(400) && a.says("output limit was reached"))
            || a.code("content_filter", "content_policy_violation"),
        VerdictReason.KeyAccepted);
  }

  static Optional<VerdictReason> parameter(Answer a) {
    boolean named =
        a.error().param().isPresent()
            || a.code(
                "unsupported_parameter",
                "unsupported_value",
                "invalid_value",
                "integer_below_min_value");
    boolean only400 =
        a.status(400)
            && (a.speaks(Dialect.Anthropic) || a.speaks(Dialect.Gemini))
            && a.error().present();
    return when(
        a.to(Purpose.Completion) && ((a.status(400, 422) && named) || only400),
        VerdictReason.ParameterRejected);
  }

  static Optional<VerdictReason> rateLimit(Answer a) {
    return when(
        a.status(429) || (a.from(Provider.Groq) && a.status(413)), VerdictReason.RateLimited);
  }

  static Optional<VerdictReason> unauthorized(Answer a) {
    return when(a.status(401), VerdictReason.InvalidKey);
  }

  /// A network edge answers 403 in HTML, and knows nothing of keys.
  static Optional<VerdictReason> forbidden(Answer a) {
    return when(
        a.status(403),
        a.json().isPresent()
            ? VerdictReason.InsufficientPermissions
            : VerdictReason.UnrecognisedAnswer);
  }

  static Optional<VerdictReason> somethingElse(Answer a) {
    return when(a.status(404, 405) || a.statusBetween(200, 299), VerdictReason.NotAnLLMEndpoint);
  }

  static Optional<VerdictReason> unavailable(Answer a) {
    return when(
        a.status(408, 409, 425, 498, 499) || a.statusBetween(500, 599),
        VerdictReason.ProviderUnavailable);
  }

  static Optional<VerdictReason> when(boolean holds, VerdictReason reason) {
    return holds ? Optional.of(reason) : Optional.empty();
  }

  /// Asked by id, a plain 404 is the answer.
  private static boolean byId(Answer a) {
    return a.to(Purpose.Model);
  }
}
