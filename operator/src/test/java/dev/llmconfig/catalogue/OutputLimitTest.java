package dev.llmconfig.catalogue;

import static dev.llmconfig.api.ReasoningEffort.Low;
import static dev.llmconfig.api.ReasoningEffort.None;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.Provider;
import dev.llmconfig.domain.ParameterNote;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How many tokens an answer may have, and who else eats of them.
class OutputLimitTest {

  @Test
  void clampsToTheFirstLimitThatIsStated() {
    var declared = DeclaredModel.of("gpt-5-mini").with(Attribute.MAX_OUTPUT_TOKENS, 10_000L);
    var live = Facts.none().with(Attribute.MAX_OUTPUT_TOKENS, 20_000L, listed());

    assertThat(
            Asked.sentences(
                Asked.nothing()
                    .maxOutputTokens(30_000)
                    .of(Asked.CATALOGUE.describe(Provider.OpenAI, declared, live))))
        .containsExactly(
            "maxOutputTokens 30000 was lowered to 10000, the limit of gpt-5-mini (override).");
    assertThat(
            Asked.sentences(
                Asked.nothing()
                    .maxOutputTokens(30_000)
                    .of(
                        Asked.CATALOGUE.describe(
                            Provider.OpenAI, DeclaredModel.of("gpt-5-mini"), live))))
        .containsExactly(
            "maxOutputTokens 30000 was lowered to 20000, the limit of gpt-5-mini (provider,"
                + " 2026-11-20).");
  }

  /// xAI repeats the window as the output limit: no answer is longer, but less may be allowed.
  @Test
  void clampsToTheWindowWhereTheOutputLimitIsOnlyRepeated() {
    var packed = Asked.nothing().maxOutputTokens(600_000).of(Provider.XAI, "grok-4.5");
    var withWindow =
        Asked.nothing()
            .maxOutputTokens(600_000)
            .of(
                Asked.CATALOGUE.describe(
                    Provider.XAI,
                    DeclaredModel.of("grok-4.5"),
                    Facts.none().with(Attribute.CONTEXT_TOKENS, 256_000L, listed())));

    assertThat(packed.values().maxOutputTokens()).hasValue(500_000);
    assertThat(packed.honoured()).isEqualTo(ConditionReason.Clamped);
    assertThat(withWindow.values().maxOutputTokens()).hasValue(256_000);
  }

  @Test
  void trustsAnOutputLimitOfTheListThoughTheFilesIsARepetition() {
    var live = Facts.none().with(Attribute.MAX_OUTPUT_TOKENS, 32_000L, listed());
    var model = Asked.CATALOGUE.describe(Provider.XAI, DeclaredModel.of("grok-4.5"), live);

    assertThat(Asked.nothing().maxOutputTokens(40_000).of(model).values().maxOutputTokens())
        .hasValue(32_000);
  }

  @Test
  void doesNotClampWithoutAnyLimit() {
    var effective = Asked.nothing().maxOutputTokens(1_000_000_000).of(Provider.VLLM, "Qwen/Qwen3");

    assertThat(effective.values().maxOutputTokens()).hasValue(1_000_000_000);
    assertThat(effective.honoured()).isEqualTo(ConditionReason.ModelUnknown);
  }

  @ParameterizedTest
  @CsvSource({
    "OpenAI, gpt-5-mini, true",
    "OpenAI, o3, true",
    "OpenAI, gpt-6-sol, true",
    "Google, gemini-2.5-flash, true",
    "Google, gemini-2.5-flash-lite, false",
    "XAI, grok-4.5, true",
    "Anthropic, claude-opus-5-5, true",
    "Anthropic, claude-sonnet-4-5, false",
    "OpenAI, gpt-5.4, false",
    "OpenAI, gpt-4o, false"
  })
  void notesThatThinkingUsesTheSameFewTokens(Provider provider, String id, boolean thinks) {
    var few = Asked.nothing().maxOutputTokens(1023).of(provider, id);
    var enough = Asked.nothing().maxOutputTokens(1024).of(provider, id);

    assertThat(few.notes())
        .extracting(ParameterNote::reason)
        .isEqualTo(thinks ? List.of(ParameterNote.Reason.LowOutputBudget) : List.of());
    assertThat(enough.notes()).isEmpty();
  }

  @Test
  void notesItForClaudeOnlyWhenItIsAskedToThink() {
    var model = Asked.CATALOGUE.describe(Provider.Anthropic, "claude-sonnet-4-6");

    assertThat(Asked.nothing().maxOutputTokens(500).effort(Low).of(model).notes()).hasSize(1);
    assertThat(Asked.nothing().maxOutputTokens(500).effort(None).of(model).notes()).isEmpty();
  }

  @Test
  void dropsAnEffortThatLeavesNoRoomForAnAnswer() {
    var none =
        Asked.nothing()
            .effort(Low)
            .maxOutputTokens(2047)
            .of(Provider.Anthropic, "claude-haiku-4-5");
    var little =
        Asked.nothing()
            .effort(Low)
            .maxOutputTokens(2048)
            .of(Provider.Anthropic, "claude-haiku-4-5");

    assertThat(Asked.sentences(none))
        .containsExactly(
            "claude-haiku-4-5 does not accept reasoningEffort with fewer than 2048 output tokens; it"
                + " is not sent.");
    assertThat(little.wire().at("/thinking/budget_tokens").longValue()).isEqualTo(1024);
  }

  private static Source listed() {
    return Source.provider(LocalDate.of(2026, 11, 20));
  }
}
