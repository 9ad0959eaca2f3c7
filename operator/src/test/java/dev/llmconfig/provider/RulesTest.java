package dev.llmconfig.provider;

import static dev.llmconfig.api.Provider.Anthropic;
import static dev.llmconfig.api.Provider.AzureOpenAI;
import static dev.llmconfig.api.Provider.Bedrock;
import static dev.llmconfig.api.Provider.DeepSeek;
import static dev.llmconfig.api.Provider.Google;
import static dev.llmconfig.api.Provider.Groq;
import static dev.llmconfig.api.Provider.Mistral;
import static dev.llmconfig.api.Provider.OpenAI;
import static dev.llmconfig.api.Provider.OpenAICompatible;
import static dev.llmconfig.api.Provider.OpenRouter;
import static dev.llmconfig.api.Provider.Perplexity;
import static dev.llmconfig.api.Provider.VLLM;
import static dev.llmconfig.api.Provider.XAI;
import static dev.llmconfig.api.VerdictReason.EndpointRedirected;
import static dev.llmconfig.api.VerdictReason.InsufficientPermissions;
import static dev.llmconfig.api.VerdictReason.InvalidKey;
import static dev.llmconfig.api.VerdictReason.InvalidKeyOrEndpoint;
import static dev.llmconfig.api.VerdictReason.KeyAccepted;
import static dev.llmconfig.api.VerdictReason.KeyDisabled;
import static dev.llmconfig.api.VerdictReason.KeyRefused;
import static dev.llmconfig.api.VerdictReason.ModelAccessNotGranted;
import static dev.llmconfig.api.VerdictReason.ModelNotFound;
import static dev.llmconfig.api.VerdictReason.NotAllowedFromHere;
import static dev.llmconfig.api.VerdictReason.NotAnLLMEndpoint;
import static dev.llmconfig.api.VerdictReason.ParameterRejected;
import static dev.llmconfig.api.VerdictReason.ProviderUnavailable;
import static dev.llmconfig.api.VerdictReason.QuotaExhausted;
import static dev.llmconfig.api.VerdictReason.RateLimited;
import static dev.llmconfig.api.VerdictReason.UnrecognisedAnswer;
import static dev.llmconfig.provider.Purpose.Completion;
import static dev.llmconfig.provider.Purpose.Key;
import static dev.llmconfig.provider.Purpose.List;
import static dev.llmconfig.provider.Purpose.Model;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.Provider;
import dev.llmconfig.api.VerdictReason;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Each condition of each rule, with the number of the rule that must know the answer: a rule that
/// is moved or removed shows here.
class RulesTest {

  private record Row(
      int rule,
      VerdictReason reason,
      Provider provider,
      Purpose purpose,
      int status,
      String headers,
      String body) {}

  private static final int END_OF_LIST = 30;

  private static Stream<Row> rows() {
    return Stream.of(
        row(1, EndpointRedirected, OpenAI, List, 301, ""),
        row(1, EndpointRedirected, Perplexity, Completion, 307, ""),
        row(1, EndpointRedirected, Google, List, 304, ""),
        with("www-authenticate: Basic realm=x", row(2, NotAnLLMEndpoint, OpenAI, List, 401, "no")),
        with("www-authenticate: Negotiate", row(2, NotAnLLMEndpoint, Mistral, List, 401, "")),
        with("www-authenticate: Bearer", row(26, InvalidKey, OpenAI, List, 401, "no")),
        with("www-authenticate: Basic realm=x", row(26, InvalidKey, OpenAI, List, 401, "{}")),
        with("www-authenticate: Basic", row(15, InvalidKey, Perplexity, Completion, 401, "no")),
        row(3, KeyDisabled, XAI, Key, 200, "{'api_key_id':'k','api_key_blocked':true}"),
        row(3, KeyDisabled, XAI, Key, 200, "{'api_key_id':'k','team_blocked':true}"),
        row(5, KeyAccepted, XAI, Key, 200, "{'api_key_id':'k','team_blocked':false}"),
        row(4, QuotaExhausted, OpenRouter, Key, 200, "{'data':{'limit_remaining':-0.5}}"),
        row(5, KeyAccepted, OpenRouter, Key, 200, "{'data':{'limit_remaining':null}}"),
        row(5, KeyAccepted, OpenRouter, Key, 200, "{'data':{'limit_remaining':0.01}}"),
        row(5, KeyAccepted, OpenAI, List, 200, "{'data':[]}"),
        row(5, KeyAccepted, OpenAI, List, 200, "{'data':[],'error':null}"),
        row(5, KeyAccepted, OpenAI, List, 200, "[{'id':'a'}]"),
        row(28, NotAnLLMEndpoint, OpenAI, List, 200, "[{'name':'a'}]"),
        row(28, NotAnLLMEndpoint, OpenAI, List, 200, "{'data':[{'name':'a'}]}"),
        row(28, NotAnLLMEndpoint, OpenAI, List, 200, "{'data':[],'error':{'message':'odd'}}"),
        row(28, NotAnLLMEndpoint, Anthropic, List, 200, "{'models':[]}"),
        row(28, NotAnLLMEndpoint, OpenAI, Completion, 200, "{'data':[]}"),
        row(28, NotAnLLMEndpoint, OpenAI, List, 200, "'text'"),
        row(28, NotAnLLMEndpoint, OpenAI, List, 204, ""),
        row(28, NotAnLLMEndpoint, OpenAI, List, 200, "{'data':[]} x"),
        row(28, NotAnLLMEndpoint, OpenAI, List, 200, "{'data':[],'data':[]}"),
        row(6, InvalidKey, Google, List, 401, "{}"),
        row(6, InvalidKey, Google, List, 400, google("INVALID_ARGUMENT", "", "API_KEY_INVALID")),
        row(7, KeyDisabled, Google, List, 403, google("P", "denied access", "")),
        row(7, KeyDisabled, Google, List, 403, google("P", "", "CONSUMER_SUSPENDED")),
        row(8, NotAllowedFromHere, Google, List, 400, google("FAILED_PRECONDITION", "", "")),
        row(8, NotAllowedFromHere, Google, List, 400, google("X", "Location is not supported", "")),
        row(8, NotAllowedFromHere, Google, List, 403, google("P", "", "API_KEY_IOS_APP_BLOCKED")),
        row(9, InsufficientPermissions, Google, List, 403, google("P", "", "SERVICE_DISABLED")),
        row(10, QuotaExhausted, Google, List, 429, google("RESOURCE_EXHAUSTED", "limit: 0", "")),
        row(10, QuotaExhausted, Google, List, 429, google("RESOURCE_EXHAUSTED", "no credits", "")),
        row(25, RateLimited, Google, List, 429, google("RESOURCE_EXHAUSTED", "slow down", "")),
        row(11, QuotaExhausted, Anthropic, Completion, 402, "{}"),
        row(11, QuotaExhausted, Anthropic, Completion, 400, anthropic("x", "your usage limit")),
        row(11, QuotaExhausted, Anthropic, Completion, 429, anthropic("x", "spend limit")),
        with("retry-after: 3", row(25, RateLimited, Anthropic, List, 429, anthropic("x", "spend"))),
        row(12, NotAllowedFromHere, Anthropic, List, 403, anthropic("forbidden", "no")),
        row(27, InsufficientPermissions, Anthropic, List, 403, anthropic("permission_error", "no")),
        row(13, InvalidKeyOrEndpoint, AzureOpenAI, List, 401, ""),
        row(13, NotAllowedFromHere, AzureOpenAI, List, 403, "{'error':{'message':'a Firewall'}}"),
        row(13, NotAllowedFromHere, AzureOpenAI, List, 403, "{'message':'private endpoint'}"),
        row(13, ModelNotFound, AzureOpenAI, Completion, 404, openAi("", "DeploymentNotFound")),
        row(13, NotAnLLMEndpoint, AzureOpenAI, Completion, 404, openAi("", "404")),
        aws("ExpiredTokenException", row(14, KeyDisabled, Bedrock, List, 403, "{}")),
        aws("UnrecognizedClientException", row(14, InvalidKey, Bedrock, List, 403, "{}")),
        row(14, InvalidKey, Bedrock, List, 403, "{'message':'check that your API key is valid'}"),
        aws(
            "AccessDeniedException",
            row(
                14,
                ModelAccessNotGranted,
                Bedrock,
                Completion,
                403,
                "{'message':'to the model.'}")),
        aws(
            "AccessDeniedException",
            row(14, InsufficientPermissions, Bedrock, List, 403, "{'message':'ListModels'}")),
        aws(
            "ValidationException",
            row(14, ModelNotFound, Bedrock, Completion, 400, "{'message':'on-demand throughput'}")),
        aws(
            "ModelNotReadyException",
            row(14, ProviderUnavailable, Bedrock, Completion, 429, "{'message':'wait'}")),
        row(15, KeyRefused, Mistral, Completion, 401, ""),
        row(15, InvalidKey, Perplexity, Completion, 401, "{}"),
        row(16, InsufficientPermissions, Groq, List, 401, openAi("Missing scopes: a", "x")),
        row(17, NotAllowedFromHere, OpenAI, List, 401, openAi("ip not authorized", "x")),
        row(17, NotAllowedFromHere, Groq, List, 403, openAi("Check your network settings.", "")),
        row(18, KeyDisabled, OpenAI, List, 403, openAi("This key has expired", "")),
        row(18, KeyDisabled, Groq, List, 401, openAi("Organization disabled", "invalid_api_key")),
        row(24, ParameterRejected, OpenAI, Completion, 400, openAi("disabled", "invalid_value")),
        row(19, InvalidKey, OpenAICompatible, List, 500, openAi("x", "invalid_api_key")),
        row(19, InvalidKey, XAI, Key, 400, "{'code':'c','error':'Incorrect API key provided'}"),
        row(19, InvalidKey, Groq, List, 400, openAi("Invalid API Key", "")),
        row(20, QuotaExhausted, DeepSeek, Completion, 402, ""),
        row(20, QuotaExhausted, OpenAI, Completion, 400, openAi("", "billing_not_active")),
        row(20, QuotaExhausted, OpenRouter, Completion, 403, openAi("Insufficient credits", "")),
        row(20, QuotaExhausted, XAI, Completion, 403, openAi("you have not any credits", "")),
        row(21, ModelAccessNotGranted, OpenAI, Completion, 403, openAi("", "model_not_found")),
        row(
            21,
            ModelAccessNotGranted,
            OpenAI,
            Completion,
            400,
            openAi("must be verified to use", "")),
        row(22, ModelNotFound, OpenAI, Completion, 404, openAi("", "model_not_available")),
        row(22, ModelNotFound, OpenAI, Completion, 400, openAi("x is not a valid model ID", "")),
        row(22, ModelNotFound, DeepSeek, Completion, 400, openAi("Model Not Exist", "")),
        row(22, ModelNotFound, OpenRouter, Completion, 404, openAi("No endpoints found", "")),
        row(22, ModelNotFound, Anthropic, Completion, 404, anthropic("n", "model: x")),
        row(22, ModelNotFound, Google, Model, 404, ""),
        row(22, ModelNotFound, OpenAI, Model, 404, "<html>"),
        row(28, NotAnLLMEndpoint, OpenAI, List, 404, openAi("models not found", "model_not_found")),
        row(28, NotAnLLMEndpoint, VLLM, Completion, 404, "{'detail':'Not Found'}"),
        row(23, KeyAccepted, OpenAI, Completion, 400, openAi("output limit was reached", "")),
        row(23, KeyAccepted, OpenAI, Completion, 400, openAi("", "content_policy_violation")),
        row(24, ParameterRejected, OpenAI, Completion, 422, "{'error':{'param':'stop'}}"),
        row(24, ParameterRejected, Mistral, Completion, 422, "{'detail':[{'loc':['b','t']}]}"),
        row(24, ParameterRejected, OpenAI, Completion, 400, openAi("", "integer_below_min_value")),
        row(24, ParameterRejected, Anthropic, Completion, 400, anthropic("x", "odd")),
        row(24, ParameterRejected, Google, Completion, 400, google("INVALID_ARGUMENT", "odd", "")),
        row(30, UnrecognisedAnswer, Anthropic, Completion, 400, "<html>proxy</html>"),
        row(30, UnrecognisedAnswer, OpenAI, List, 400, "{'error':{'param':'stop'}}"),
        row(25, RateLimited, Groq, Completion, 413, ""),
        row(25, RateLimited, OpenAI, List, 429, "<html>"),
        row(30, UnrecognisedAnswer, OpenAI, Completion, 413, ""),
        row(26, InvalidKey, OpenAI, List, 401, ""),
        row(27, InsufficientPermissions, OpenAI, List, 403, "{}"),
        row(27, UnrecognisedAnswer, OpenAI, List, 403, "<html>"),
        row(28, NotAnLLMEndpoint, OpenAI, List, 405, ""),
        row(29, ProviderUnavailable, OpenAI, List, 408, ""),
        row(29, ProviderUnavailable, OpenAI, List, 409, ""),
        row(29, ProviderUnavailable, OpenAI, List, 425, ""),
        row(29, ProviderUnavailable, OpenAI, List, 499, ""),
        row(29, ProviderUnavailable, OpenAI, List, 500, "{'error':{'message':'x'}}"),
        row(29, ProviderUnavailable, OpenAI, List, 529, ""),
        row(20, QuotaExhausted, OpenRouter, Completion, 200, "{'error':{'code':402}}"),
        row(25, RateLimited, OpenAICompatible, List, 200, "{'error':{'code':'429'}}"),
        row(30, UnrecognisedAnswer, OpenAI, List, 418, ""),
        row(30, UnrecognisedAnswer, OpenAI, List, 101, ""));
  }

  @TestFactory
  Stream<DynamicTest> theRightRuleKnows() {
    return rows()
        .map(row ->
            DynamicTest.dynamicTest(
                "%d %s %d %s".formatted(row.rule, row.provider, row.status, row.body),
                () -> {
                  Answer answer =
                      Answers.of(row.provider, row.purpose, row.status, row.headers, row.body);

                  assertThat(Rules.judge(answer)).isEqualTo(row.reason);
                  assertThat(firstThatKnows(answer)).isEqualTo(row.rule);
                }));
  }

  @Test
  void everyRuleHasItsRows() {
    assertThat(rows().map(Row::rule).distinct())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, END_OF_LIST).boxed().toList());
  }

  @Test
  void theRulesAreInTheOrderOfTheirNumbers() {
    assertThat(Rules.IN_ORDER.stream().map(Rule::number))
        .containsExactlyElementsOf(IntStream.range(1, END_OF_LIST).boxed().toList());
  }

  private static int firstThatKnows(Answer answer) {
    return Rules.IN_ORDER.stream()
        .filter(rule -> rule.policy().judge(answer).isPresent())
        .mapToInt(Rule::number)
        .findFirst()
        .orElse(END_OF_LIST);
  }

  /// Apostrophes stand for quotes.
  private static Row row(
      int rule, VerdictReason reason, Provider provider, Purpose purpose, int status, String body) {
    return new Row(rule, reason, provider, purpose, status, "", body.replace('\'', '"'));
  }

  private static Row with(String headers, Row row) {
    return new Row(row.rule, row.reason, row.provider, row.purpose, row.status, headers, row.body);
  }

  private static Row aws(String type, Row row) {
    return with("x-amzn-errortype: " + type, row);
  }

  private static String openAi(String message, String code) {
    return "{'error':{'message':'%s','type':'t','param':null,'code':'%s'}}"
        .formatted(message, code);
  }

  private static String anthropic(String type, String message) {
    return "{'type':'error','error':{'type':'%s','message':'%s'}}".formatted(type, message);
  }

  private static String google(String status, String message, String why) {
    return "{'error':{'code':400,'status':'%s','message':'%s','details':[{'reason':'%s'}]}}"
        .formatted(status, message, why);
  }
}
