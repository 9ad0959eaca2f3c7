package dev.llmconfig.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.Provider;
import dev.llmconfig.api.ReasoningEffort;
import dev.llmconfig.domain.RequestFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The fields that a provider sees.
class WireFieldsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // OpenAI dialect
        "OpenAI|gpt-4o|{'max_completion_tokens':2048,'stop':['END'],'temperature':0.2,'top_p':0.9}",
        "Mistral|mistral-small-2603|{'max_tokens':2048,'stop':['END'],'temperature':0.2,'top_p':0.9}",
        "Groq|openai/gpt-oss-120b|{'max_completion_tokens':2048,'stop':['END'],'temperature':0.2,'top_p':0.9}",
        "Ollama|qwen3:8b|{'max_tokens':2048,'stop':['END'],'temperature':0.2,'top_p':0.9}",
        "OpenAI|gpt-5-mini|{'max_completion_tokens':2048}",
        // Responses
        "OpenAI|gpt-5-pro|{'max_output_tokens':2048}",
        // Anthropic
        "Anthropic|claude-opus-4-7|{'max_tokens':2048,'stop_sequences':['END']}",
        "Anthropic|claude-opus-4-6|{'max_tokens':2048,'stop_sequences':['END'],'temperature':0.2}",
        // Gemini
        "Google|gemini-2.5-flash|{'generationConfig':{'maxOutputTokens':2048,'stopSequences':['END'],'temperature':0.2,'topP':0.9}}"
      })
  void writesEachDialect(Provider provider, String id, String json) {
    var effective =
        Asked.nothing()
            .temperature("0.2")
            .topP("0.9")
            .maxOutputTokens(2048)
            .stop("END")
            .timeoutSeconds(60)
            .of(provider, id);

    assertThat(effective.wire().toString()).isEqualTo(json.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OpenAI|gpt-5-mini|Low|{'reasoning_effort':'low'}",
        "OpenAI|gpt-6-sol|XHigh|{'reasoning_effort':'xhigh'}",
        "OpenAI|gpt-5-pro|High|{'reasoning':{'effort':'high'}}",
        "OpenRouter|openai/gpt-6-sol|Max|{'reasoning_effort':'xhigh'}",
        "OpenRouter|openai/gpt-6-sol|XHigh|{'reasoning_effort':'xhigh'}",
        "Mistral|mistral-small-2603|None|{'reasoning_effort':'none'}",
        "Anthropic|claude-opus-4-6|High|{'max_tokens':4096,'output_config':{'effort':'high'},'thinking':{'type':'adaptive'}}",
        "Anthropic|claude-sonnet-5|Max|{'max_tokens':4096,'output_config':{'effort':'max'},'thinking':{'type':'adaptive'}}",
        "Anthropic|claude-sonnet-5|None|{'max_tokens':4096,'thinking':{'type':'disabled'}}",
        "Anthropic|claude-sonnet-4-5|Low|{'max_tokens':4096,'thinking':{'budget_tokens':2048,'type':'enabled'}}",
        "Anthropic|claude-sonnet-4-5|High|{'max_tokens':4096,'thinking':{'budget_tokens':3072,'type':'enabled'}}",
        "Anthropic|claude-sonnet-4-5|None|{'max_tokens':4096,'thinking':{'type':'disabled'}}",
        "Google|gemini-3.5-flash|Low|{'generationConfig':{'thinkingConfig':{'thinkingLevel':'low'}}}",
        "Google|gemini-flash-latest|High|{'generationConfig':{'thinkingConfig':{'thinkingLevel':'high'}}}",
        "Google|gemini-2.5-flash|Medium|{'generationConfig':{'thinkingConfig':{'thinkingBudget':8192}}}",
        "Google|gemini-2.5-flash|None|{'generationConfig':{'thinkingConfig':{'thinkingBudget':0}}}"
      })
  void writesTheEffortAsTheModelReadsIt(
      Provider provider, String id, ReasoningEffort level, String json) {
    assertThat(Asked.nothing().effort(level).of(provider, id).wire().toString())
        .isEqualTo(json.replace('\'', '"'));
  }

  @Test
  void givesClaudeTheWholeBudgetWhereTheAnswerIsLongEnough() {
    var effective =
        Asked.nothing()
            .effort(ReasoningEffort.High)
            .maxOutputTokens(32_000)
            .of(Provider.Anthropic, "claude-haiku-4-5");

    assertThat(effective.wire().at("/thinking/budget_tokens").longValue()).isEqualTo(16_384);
  }

  /// Anthropic has no default, and refuses a request without a limit.
  @Test
  void alwaysLimitsTheAnswerOfAnthropic() {
    var small =
        Asked.CATALOGUE.describe(
            Provider.Anthropic,
            DeclaredModel.of("claude-tiny").with(Attribute.MAX_OUTPUT_TOKENS, 2000L),
            Facts.none());

    assertThat(Asked.nothing().of(Provider.Anthropic, "claude-opus-4-6").wire())
        .hasToString("{\"max_tokens\":4096}");
    assertThat(Asked.nothing().of(small).wire()).hasToString("{\"max_tokens\":2000}");
    assertThat(Asked.nothing().of(small).values().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-5-mini, max_completion_tokens",
    "gpt-5-chat, max_completion_tokens",
    "o4-mini, max_completion_tokens",
    "gpt-6-luna, max_completion_tokens",
    "gpt-4o, max_tokens",
    "gpt-35-turbo, max_tokens",
    "grok-3, max_tokens",
    "'', max_completion_tokens"
  })
  void choosesAzuresTokenFieldByTheBaseModel(String base, String field) {
    var model =
        Asked.CATALOGUE.describe(
            Provider.AzureOpenAI, DeclaredModel.of("deployment").basedOn(base), Facts.none());

    assertThat(Asked.nothing().maxOutputTokens(100).of(model).wire())
        .hasToString("{\"%s\":100}".formatted(field));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.0, 0", "1.0, 1", "0.20, 0.2", "0.000001, 0.000001"})
  void writesNumbersAsPlainDecimals(String asked, String json) {
    assertThat(Asked.nothing().temperature(asked).of(Provider.OpenAI, "gpt-4o").wire())
        .hasToString("{\"temperature\":%s}".formatted(json));
  }

  @Test
  void addsExtraFieldsAndMergesThoseBesideOurs() {
    var chat =
        Asked.nothing()
            .temperature("0.2")
            .extra("{\"seed\":7,\"logit_bias\":{\"b\":1,\"a\":[{\"d\":1,\"c\":2}]}}")
            .of(Provider.OpenAI, "gpt-4o");
    var gemini =
        Asked.nothing()
            .temperature("0.2")
            .extra("{\"generationConfig\":{\"topK\":40},\"labels\":{\"team\":\"a\"}}")
            .of(Provider.Google, "gemini-2.5-flash");
    var responses =
        Asked.nothing()
            .effort(ReasoningEffort.High)
            .extra("{\"reasoning\":{\"summary\":\"auto\"}}")
            .of(Provider.OpenAI, "gpt-5-pro");
    var adaptive =
        Asked.nothing()
            .extra("{\"thinking\":{\"type\":\"adaptive\"}}")
            .of(Provider.Anthropic, "claude-opus-4-8");

    assertThat(chat.wire())
        .hasToString(
            "{\"logit_bias\":{\"a\":[{\"c\":2,\"d\":1}],\"b\":1},\"seed\":7,\"temperature\":0.2}");
    assertThat(gemini.wire())
        .hasToString(
            "{\"generationConfig\":{\"temperature\":0.2,\"topK\":40},\"labels\":{\"team\":\"a\"}}");
    assertThat(responses.wire())
        .hasToString("{\"reasoning\":{\"effort\":\"high\",\"summary\":\"auto\"}}");
    assertThat(adaptive.wire())
        .hasToString("{\"max_tokens\":4096,\"thinking\":{\"type\":\"adaptive\"}}");
  }

  @Test
  void canWriteAnotherFormatThanTheUsualOne() {
    var model = Asked.CATALOGUE.describe(Provider.OpenAI, "gpt-5-mini");

    var effective =
        Asked.nothing()
            .effort(ReasoningEffort.Low)
            .maxOutputTokens(2048)
            .in(RequestFormat.Responses, model);

    assertThat(effective.wire())
        .hasToString("{\"max_output_tokens\":2048,\"reasoning\":{\"effort\":\"low\"}}");
  }
}
