package dev.llmconfig.catalogue;

import static dev.llmconfig.api.ReasoningEffort.High;
import static dev.llmconfig.api.ReasoningEffort.Low;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.UnsupportedParameters;
import dev.llmconfig.domain.ParameterDecision;
import dev.llmconfig.domain.ParameterOutcome;
import dev.llmconfig.domain.ParameterOutcome.Why;
import dev.llmconfig.domain.Problem;
import dev.llmconfig.domain.RequestFormat;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Drop, Reject and clamp, with their sentences.
class ParameterMappingTest {

  @Test
  void saysWhatWasAskedWhatIsSentAndWhoSaysSo() {
    var effective =
        Asked.nothing()
            .temperature("0.2")
            .maxOutputTokens(200_000)
            .timeoutSeconds(60)
            .of(Provider.OpenAI, "gpt-5-mini");

    assertThat(effective.outcomes())
        .extracting(
            o -> o.name().field(),
            o -> o.asked().text(),
            ParameterOutcome::why,
            ParameterOutcome::source,
            ParameterOutcome::sentence)
        .containsExactly(
            tuple(
                "temperature",
                "0.2",
                Why.NotAccepted,
                "catalogue",
                "gpt-5-mini does not accept temperature; it is not sent."),
            tuple(
                "maxOutputTokens",
                "200000",
                Why.AboveLimit,
                "litellm@1.109.1",
                "maxOutputTokens 200000 was lowered to 128000, the limit of gpt-5-mini"
                    + " (litellm@1.109.1, 2026-11-12)."));
    assertThat(effective.values().maxOutputTokens()).hasValue(128_000);
    assertThat(effective.values().timeoutSeconds()).hasValue(60);
    assertThat(effective.honoured()).isEqualTo(ConditionReason.Dropped);
  }

  @Test
  void refusesTheSameUnderReject() {
    var unsupported =
        Asked.nothing()
            .temperature("0.2")
            .stop("END")
            .refusedBy(Provider.OpenAI, "gpt-5-mini", UnsupportedParameters.Reject);
    var clamped =
        Asked.nothing()
            .temperature("0.2")
            .maxOutputTokens(200_000)
            .refusedBy(Provider.OpenAI, "gpt-5-mini", UnsupportedParameters.Reject);

    assertThat(unsupported.reason()).isEqualTo(ConditionReason.ParameterUnsupported);
    assertThat(unsupported.problems())
        .containsExactly(
            new Problem("parameters.temperature", "gpt-5-mini does not accept temperature."),
            new Problem("parameters.stopSequences", "gpt-5-mini does not accept stopSequences."));
    assertThat(clamped.reason()).isEqualTo(ConditionReason.ParameterOutOfRange);
    assertThat(clamped.problems())
        .extracting(Problem::sentence)
        .containsExactly(
            "gpt-5-mini does not accept temperature.",
            "maxOutputTokens 200000 is above 128000, the limit of gpt-5-mini (litellm@1.109.1,"
                + " 2026-11-12).");
  }

  @Test
  void acceptsUnderRejectWhatIsAccepted() {
    var decision =
        Asked.nothing()
            .maxOutputTokens(128_000)
            .decide(
                Asked.CATALOGUE.describe(Provider.OpenAI, "gpt-5-mini"),
                UnsupportedParameters.Reject);

    assertThat(decision).isInstanceOf(ParameterDecision.Send.class);
  }

  @ParameterizedTest
  @EnumSource(UnsupportedParameters.class)
  void neverChangesSilentlyWhatIsOutOfRange(UnsupportedParameters policy) {
    var anthropic =
        Asked.nothing().temperature("1.5").refusedBy(Provider.Anthropic, "claude-opus-4-6", policy);
    var openai =
        Asked.nothing().stop("a", "b", "c", "d", "e").refusedBy(Provider.OpenAI, "gpt-4o", policy);
    var gemini =
        Asked.nothing()
            .stop("a", "b", "c", "d", "e", "f")
            .refusedBy(Provider.Google, "gemini-2.5-flash", policy);
    var responses =
        Asked.nothing().maxOutputTokens(15).refusedBy(Provider.OpenAI, "gpt-5-pro", policy);

    assertThat(anthropic.problems())
        .containsExactly(
            new Problem(
                "parameters.temperature",
                "temperature must be between 0 and 1 for claude-opus-4-6, not 1.5."));
    assertThat(openai.problems())
        .containsExactly(
            new Problem(
                "parameters.stopSequences",
                "stopSequences takes at most 4 entries for gpt-4o, not 5."));
    assertThat(gemini.problems())
        .extracting(Problem::sentence)
        .containsExactly("stopSequences takes at most 5 entries for gemini-2.5-flash, not 6.");
    assertThat(responses.problems())
        .extracting(Problem::sentence)
        .containsExactly("maxOutputTokens must be 16 or more for gpt-5-pro, not 15.");
    assertThat(responses.reason()).isEqualTo(ConditionReason.ParameterOutOfRange);
  }

  @Test
  void takesTheBoundariesOfEachRange() {
    assertThat(
            Asked.nothing()
                .temperature("1")
                .stop("a", "b", "c", "d", "e", "f", "g", "h")
                .of(Provider.Anthropic, "claude-opus-4-6")
                .outcomes())
        .isEmpty();
    assertThat(
            Asked.nothing()
                .stop("a", "b", "c", "d", "e")
                .of(Provider.Google, "gemini-2.5-flash")
                .outcomes())
        .isEmpty();
    assertThat(Asked.nothing().stop("a", "b", "c", "d").of(Provider.OpenAI, "gpt-4o").outcomes())
        .isEmpty();
    assertThat(Asked.nothing().maxOutputTokens(16).of(Provider.OpenAI, "gpt-5-pro").outcomes())
        .isEmpty();
  }

  @Test
  void asksGeminisOwnListHowHotItMayBe() {
    var listed = Facts.none().with(Attribute.MAX_TEMPERATURE, new BigDecimal("1.5"), listed());
    var model =
        Asked.CATALOGUE.describe(Provider.Google, DeclaredModel.of("gemini-2.5-flash"), listed);

    assertThat(Asked.nothing().temperature("1.5").of(model).outcomes()).isEmpty();
    assertThat(Asked.nothing().temperature("1.6").decide(model, UnsupportedParameters.Drop))
        .isInstanceOf(ParameterDecision.Refuse.class);
  }

  @Test
  void sendsEverythingToAnUnknownModelAsItIsWritten() {
    var asked = Asked.nothing().temperature("0.2").topP("0.9").effort(High).maxOutputTokens(5000);
    var effective = asked.of(Provider.OpenAICompatible, "our-own-model");

    assertThat(effective.values()).isEqualTo(asked.parameters());
    assertThat(effective.honoured()).isEqualTo(ConditionReason.ModelUnknown);
    assertThat(effective.notes()).isEmpty();
  }

  @Test
  void hasNothingToHonourWhereNothingIsAsked() {
    assertThat(Asked.nothing().timeoutSeconds(5).of(Provider.VLLM, "any").honoured())
        .isEqualTo(ConditionReason.AllSent);
    assertThat(Asked.nothing().of(Provider.OpenAI, "gpt-5-mini").wire().isEmpty()).isTrue();
  }

  @Test
  void appliesARuleByNameToADeploymentThatNobodyDescribed() {
    var effective = Asked.nothing().temperature("0.2").of(Provider.AzureOpenAI, "gpt-5-mini");

    assertThat(Asked.sentences(effective))
        .containsExactly("gpt-5-mini does not accept temperature; it is not sent.");
  }

  @Test
  void leavesOutBlankStopSequencesForAnthropic() {
    var some = Asked.nothing().stop("\n", "END").of(Provider.Anthropic, "claude-haiku-4-5");
    var all = Asked.nothing().stop("\n", " ").of(Provider.Anthropic, "claude-haiku-4-5");

    assertThat(some.values().stopSequences()).containsExactly("END");
    assertThat(Asked.sentences(some))
        .containsExactly(
            "claude-haiku-4-5 does not accept blank stopSequences; they are not sent.");
    assertThat(some.honoured()).isEqualTo(ConditionReason.Dropped);
    assertThat(all.values().isEmpty()).isTrue();
    assertThat(Asked.nothing().stop("\n").of(Provider.OpenAI, "gpt-4o").outcomes()).isEmpty();
  }

  @Test
  void refusesExtraThatShadowsANestedFieldOfOurs() {
    var gemini =
        Asked.nothing()
            .extra("{\"generationConfig\":{\"topP\":1,\"thinkingConfig\":{}},\"labels\":{}}")
            .refusedBy(Provider.Google, "gemini-2.5-flash", UnsupportedParameters.Drop);
    var responses =
        Asked.nothing()
            .extra("{\"reasoning\":{\"effort\":\"high\"}}")
            .refusedBy(Provider.OpenAI, "gpt-5-pro", UnsupportedParameters.Drop);
    var budget =
        Asked.nothing()
            .extra("{\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000}}")
            .refusedBy(Provider.Anthropic, "claude-haiku-4-5", UnsupportedParameters.Drop);
    var both =
        Asked.nothing()
            .effort(Low)
            .extra("{\"thinking\":{\"type\":\"disabled\"},\"output_config\":\"x\"}")
            .refusedBy(Provider.Anthropic, "claude-opus-4-8", UnsupportedParameters.Drop);

    assertThat(gemini.problems())
        .extracting(Problem::sentence)
        .containsExactly(
            "extra may not contain generationConfig.thinkingConfig: use"
                + " spec.parameters.reasoningEffort.",
            "extra may not contain generationConfig.topP: use spec.parameters.topP.");
    assertThat(responses.problems())
        .extracting(Problem::sentence)
        .containsExactly(
            "extra may not contain reasoning.effort: use spec.parameters.reasoningEffort.");
    assertThat(budget.problems())
        .extracting(Problem::sentence)
        .containsExactly("extra may not contain thinking: use spec.parameters.reasoningEffort.");
    assertThat(both.problems())
        .extracting(Problem::sentence)
        .containsExactly(
            "extra.output_config must be an object.",
            "extra may not contain thinking: use spec.parameters.reasoningEffort.");
  }

  @ParameterizedTest
  @CsvSource({
    "OpenAI, gpt-5-mini, ChatCompletions",
    "OpenAI, gpt-5-pro, Responses",
    "OpenAI, gpt-5-codex, Responses",
    "Anthropic, claude-opus-4-6, Messages",
    "Google, gemini-2.5-flash, GenerateContent",
    "Bedrock, us.anthropic.claude-opus-4-7, ChatCompletions",
    "Echo, echo, ChatCompletions"
  })
  void speaksToAModelAsItsProviderDoes(Provider provider, String id, RequestFormat format) {
    assertThat(ParameterMapping.usualFormat(Asked.CATALOGUE.describe(provider, id)))
        .isEqualTo(format);
  }

  private static Source listed() {
    return Source.provider(LocalDate.of(2026, 11, 20));
  }
}
