package dev.llmconfig.catalogue;

import static dev.llmconfig.api.ReasoningEffort.Low;
import static dev.llmconfig.api.ReasoningEffort.None;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.Provider;
import dev.llmconfig.api.ReasoningEffort;
import dev.llmconfig.domain.ParameterNote;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who refuses what, row by row (traps G18).
class RefusalTableTest {

  @ParameterizedTest
  @CsvSource({
    "OpenAI, o1",
    "OpenAI, o1-pro",
    "OpenAI, o3-mini",
    "OpenAI, o4-mini-2025-04-16",
    "OpenAI, o3-deep-research",
    "OpenAI, gpt-5",
    "OpenAI, gpt-5-mini",
    "OpenAI, gpt-5-nano-2025-08-07",
    "OpenAI, gpt-5-pro",
    "OpenAI, gpt-5-codex",
    "OpenAI, ft:gpt-5-mini:our-org::id",
    "OpenRouter, openai/gpt-5-mini",
    "OpenRouter, openai/o3:online",
    "OpenAICompatible, GPT-5-mini",
    "Anthropic, claude-opus-4-7",
    "Anthropic, claude-opus-4-8",
    "Anthropic, claude-sonnet-5",
    "Anthropic, claude-haiku-5-5",
    "Anthropic, claude-mythos-preview",
    "Bedrock, us.anthropic.claude-opus-4-7",
    "OpenRouter, anthropic/claude-opus-4.7",
    "OpenAICompatible, claude-sonnet-5",
    "OpenAICompatible, claude-opus-4-9-20270101"
  })
  void takesOnlyTheDefaultOfTemperatureAndNoTopP(Provider provider, String id) {
    var cold = Asked.nothing().temperature("0.2").topP("0.9").of(provider, id);
    var one = Asked.nothing().temperature("1").topP("1").of(provider, id);

    assertThat(Asked.sentences(cold))
        .containsExactly(
            id + " does not accept temperature; it is not sent.",
            id + " does not accept topP; it is not sent.");
    assertThat(cold.values().isEmpty()).isTrue();
    assertThat(one.values().temperature()).hasValueSatisfying(v -> assertThat(v).isEqualTo("1"));
    assertThat(Asked.sentences(one)).containsExactly(id + " does not accept topP; it is not sent.");
  }

  @ParameterizedTest
  @CsvSource({
    "OpenAI, o3, true",
    "OpenAI, o3-pro, true",
    "OpenAI, o4-mini, true",
    "OpenAI, o1, false",
    "OpenAI, o3-mini, false",
    "OpenAI, gpt-5-mini, true",
    "OpenAI, gpt-5.1, true",
    "OpenAI, gpt-6-sol, true",
    "OpenAI, gpt-4o-search-preview, true",
    "OpenAI, gpt-5-chat, false",
    "OpenAI, gpt-4.1, false",
    "XAI, grok-4.5, true",
    "XAI, grok-3-mini, true",
    "XAI, grok-code-fast-1, true",
    "XAI, grok-3, false",
    "Perplexity, sonar-pro, true",
    "Mistral, mistral-small-2603, false",
    "Groq, openai/gpt-oss-120b, false"
  })
  void refusesStopSequencesWhereTheModelDoes(Provider provider, String id, boolean refused) {
    // o3-pro answers on /responses, which knows no stop at all.
    var effective = Asked.nothing().stop("END").of(provider, id);

    assertThat(effective.values().stopSequences()).isEqualTo(refused ? List.of() : List.of("END"));
    assertThat(Asked.sentences(effective))
        .isEqualTo(
            refused ? List.of(id + " does not accept stopSequences; it is not sent.") : List.of());
  }

  @ParameterizedTest
  @CsvSource({
    // The default is none: accepted as it is.
    "gpt-5.1, , true",
    "gpt-5.2, , true",
    "gpt-5.4, , true",
    "gpt-5.4-mini-2026-03-17, , true",
    "gpt-5.1, Low, false",
    "gpt-5.4, High, false",
    "gpt-5.4, None, true",
    // The default is another.
    "gpt-5.5, , false",
    "gpt-5.6-sol, , false",
    "gpt-6-sol, , false",
    "gpt-6.1-terra, , false",
    "gpt-5.5, None, true",
    "gpt-6-sol, None, true",
    "gpt-6-sol, Max, false",
    // None is not among the levels, so it is dropped, and the effort is not none.
    "gpt-6-astra, None, false",
    "gpt-5.2-pro, , false",
    "gpt-5.3-codex, , false"
  })
  void takesSamplingWhileTheEffortIsNone(String id, ReasoningEffort effort, boolean accepted) {
    var asked = Asked.nothing().temperature("0.2").topP("0.9");
    var effective = (effort == null ? asked : asked.effort(effort)).of(Provider.OpenAI, id);

    assertThat(effective.values().temperature().isPresent()).isEqualTo(accepted);
    assertThat(effective.values().topP().isPresent()).isEqualTo(accepted);
    if (!accepted) {
      assertThat(Asked.sentences(effective))
          .contains(
              id + " does not accept temperature unless reasoningEffort is None; it is not sent.",
              id + " does not accept topP unless reasoningEffort is None; it is not sent.");
    }
  }

  @ParameterizedTest
  @CsvSource({"gpt-4o-search-preview", "gpt-4o-mini-search-preview-2025-03-11", "gpt-5-search-api"})
  void takesNoTemperatureAtAllForSearch(String id) {
    var effective = Asked.nothing().temperature("1").topP("1").of(Provider.OpenAI, id);

    assertThat(effective.values().isEmpty()).isTrue();
    assertThat(effective.outcomes()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "OpenAI, gpt-5-chat",
    "OpenAI, gpt-5-chat-latest",
    "OpenAI, gpt-4o",
    "OpenAI, gpt-4.1-mini",
    "OpenAI, gpt-3.5-turbo",
    "XAI, grok-4.5",
    "Perplexity, sonar",
    "Google, gemini-2.5-flash",
    "Mistral, mistral-small-2603",
    "Echo, echo"
  })
  void takesBothWhereNothingSpeaksAgainstIt(Provider provider, String id) {
    var effective = Asked.nothing().temperature("0.2").topP("0.9").of(provider, id);

    assertThat(effective.values().temperature()).isPresent();
    assertThat(effective.values().topP()).isPresent();
    assertThat(effective.outcomes()).isEmpty();
    assertThat(effective.notes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Anthropic, claude-sonnet-4-5",
    "Anthropic, claude-opus-4-6",
    "Anthropic, claude-haiku-4-5-20251001",
    "Bedrock, eu.anthropic.claude-sonnet-4-20250514-v1:0",
    "OpenRouter, anthropic/claude-sonnet-4.5"
  })
  void keepsTemperatureWhereBothExcludeEachOther(Provider provider, String id) {
    var both = Asked.nothing().temperature("0.2").topP("0.9").of(provider, id);
    var alone = Asked.nothing().topP("0.9").of(provider, id);

    assertThat(both.values().temperature()).isPresent();
    assertThat(Asked.sentences(both))
        .containsExactly(id + " does not accept topP beside temperature; it is not sent.");
    assertThat(alone.outcomes()).isEmpty();
  }

  @Test
  void takesOnlyTemperature1WhileClaude4Thinks() {
    var cold =
        Asked.nothing()
            .effort(Low)
            .temperature("0.2")
            .topP("0.97")
            .of(Provider.Anthropic, "claude-sonnet-4-5");
    var one =
        Asked.nothing().effort(Low).temperature("1").of(Provider.Anthropic, "claude-opus-4-6");
    var off =
        Asked.nothing().effort(None).temperature("0.2").of(Provider.Anthropic, "claude-sonnet-4-5");

    assertThat(Asked.sentences(cold))
        .containsExactly(
            "claude-sonnet-4-5 does not accept temperature while it reasons; it is not sent.");
    // What excluded topP is gone.
    assertThat(cold.values().topP()).isPresent();
    assertThat(one.outcomes()).isEmpty();
    assertThat(off.outcomes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Google, gemini-3.5-flash-lite",
    "Google, gemini-3.6-flash",
    "Google, gemini-3.8-flash",
    "Google, gemini-3.9-flash",
    "OpenRouter, google/gemini-3.6-flash"
  })
  void saysWhatGeminiWouldIgnore(Provider provider, String id) {
    var effective = Asked.nothing().temperature("1").topP("0.9").of(provider, id);

    assertThat(effective.values().isEmpty()).isTrue();
    assertThat(Asked.sentences(effective))
        .containsExactly(
            id + " ignores temperature; it is not sent.", id + " ignores topP; it is not sent.");
  }

  @Test
  void warnsOfGemini3BelowTemperature1() {
    var cold = Asked.nothing().temperature("0.2").of(Provider.Google, "gemini-3.5-flash");
    var one = Asked.nothing().temperature("1").of(Provider.Google, "gemini-3.5-flash");

    assertThat(cold.outcomes()).isEmpty();
    assertThat(cold.notes())
        .containsExactly(
            new ParameterNote(
                ParameterNote.Reason.LowTemperature,
                "gemini-3.5-flash can repeat itself below temperature 1."));
    assertThat(one.notes()).isEmpty();
  }

  @Test
  void dropsPenaltiesForXaiAndKeepsTheRestOfExtra() {
    var effective =
        Asked.nothing()
            .extra("{\"presence_penalty\": 1, \"seed\": 7, \"frequency_penalty\": 0.5}")
            .of(Provider.XAI, "grok-4.5");
    var onlyPenalty =
        Asked.nothing().extra("{\"presence_penalty\": 1}").of(Provider.XAI, "grok-4.5");
    var elsewhere =
        Asked.nothing().extra("{\"presence_penalty\": 1}").of(Provider.OpenAI, "gpt-4o");

    assertThat(effective.wire()).isEqualTo(Asked.json("{\"seed\": 7}"));
    assertThat(Asked.sentences(effective))
        .containsExactly(
            "grok-4.5 does not accept extra.frequency_penalty and extra.presence_penalty; it is not"
                + " sent.");
    assertThat(onlyPenalty.values().isEmpty()).isTrue();
    assertThat(elsewhere.outcomes()).isEmpty();
  }

  /// Nobody has confirmed it, so the value is sent: it does no harm, and dropping it might.
  @Test
  void sendsSamplingToThinkingDeepSeekWithANote() {
    var effective = Asked.nothing().temperature("0.2").of(Provider.DeepSeek, "deepseek-v4-flash");
    var chat = Asked.nothing().temperature("0.2").of(Provider.DeepSeek, "deepseek-chat");

    assertThat(effective.values().temperature()).isPresent();
    assertThat(effective.notes())
        .extracting(ParameterNote::reason)
        .containsExactly(ParameterNote.Reason.MayBeIgnored);
    assertThat(Asked.CATALOGUE.describe(Provider.DeepSeek, "deepseek-v4-flash").sampling())
        .contains(Sampling.Ignored);
    assertThat(chat.notes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "OpenAI, gpt-5-mini, None",
    "OpenAI, gpt-5-mini, XHigh",
    "OpenAI, gpt-5-mini, Max",
    "OpenAI, o3, Minimal",
    "OpenAI, gpt-5.4, Minimal",
    "Mistral, mistral-small-2603, Low",
    "Anthropic, claude-sonnet-4-5, Max",
    "Anthropic, claude-opus-4-6, XHigh",
    "Anthropic, claude-opus-5-5, None",
    "Google, gemini-2.5-pro, None",
    "Google, gemini-2.5-flash, Minimal",
    "Google, gemini-3.5-flash, None",
    "Google, gemini-3.7-flash, Minimal"
  })
  void dropsALevelOfEffortThatTheModelLacks(Provider provider, String id, ReasoningEffort level) {
    var effective = Asked.nothing().effort(level).of(provider, id);

    assertThat(effective.values().reasoningEffort()).isEmpty();
    assertThat(Asked.sentences(effective))
        .containsExactly(
            "%s does not accept reasoningEffort %s; it is not sent.".formatted(id, level));
  }

  @ParameterizedTest
  @CsvSource({
    "OpenAI, gpt-4o",
    "OpenAI, gpt-3.5-turbo",
    "OpenAI, gpt-audio",
    "Anthropic, claude-3-5-sonnet-20241022",
    "Google, gemini-2.0-flash"
  })
  void dropsEffortWhereThereIsNoReasoning(Provider provider, String id) {
    var effective = Asked.nothing().effort(Low).of(provider, id);

    assertThat(Asked.sentences(effective))
        .containsExactly(id + " does not accept reasoningEffort; it is not sent.");
  }

  @ParameterizedTest
  @CsvSource({
    "OpenAI, gpt-5-mini, Minimal",
    "OpenAI, gpt-6-sol, Max",
    "Anthropic, claude-sonnet-4-5, High",
    "Anthropic, claude-sonnet-5, None",
    "Google, gemini-2.5-flash, None",
    "Groq, openai/gpt-oss-120b, Low",
    "XAI, grok-4.5, High"
  })
  void sendsALevelThatTheModelHasOrThatNobodyLists(
      Provider provider, String id, ReasoningEffort level) {
    assertThat(Asked.nothing().effort(level).of(provider, id).values().reasoningEffort())
        .contains(level);
  }
}
