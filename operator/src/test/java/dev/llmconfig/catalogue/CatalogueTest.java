package dev.llmconfig.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.Provider;
import dev.llmconfig.api.ReasoningEffort;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the packed file says, compared with its sources by hand.
class CatalogueTest {

  private static final Catalogue CATALOGUE = Catalogue.packed();
  private static final Source LITELLM =
      Source.packed("litellm", "1.109.1", LocalDate.of(2026, 11, 12));
  private static final Source TOKENLENS =
      Source.packed("tokenlens", "1.3.0", LocalDate.of(2025, 9, 11));

  @Test
  void knowsAtLeast400ChatModelsOfTwelveProviders() {
    var chat =
        Arrays.stream(Provider.values())
            .flatMap(provider -> CATALOGUE.entries(provider).stream())
            .filter(entry -> entry.facts().says(Attribute.MODE, ModelMode.Chat))
            .toList();

    assertThat(chat).hasSizeGreaterThan(400);
    assertThat(chat.stream().map(CatalogueEntry::provider).distinct())
        .contains(
            Provider.OpenAI,
            Provider.Anthropic,
            Provider.Google,
            Provider.AzureOpenAI,
            Provider.Bedrock,
            Provider.Mistral,
            Provider.Groq,
            Provider.XAI,
            Provider.DeepSeek,
            Provider.Together,
            Provider.Fireworks,
            Provider.Perplexity,
            Provider.Ollama);
  }

  @Test
  void isAsOldAsItsNewestSource() {
    assertThat(CATALOGUE.asOf()).isEqualTo("2026-11-12");
    assertThat(CATALOGUE.sources()).containsExactly(LITELLM, TOKENLENS);
  }

  @ParameterizedTest
  @CsvSource({
    "OpenAI, gpt-5-mini, 0.25, 2, 0.025",
    "OpenAI, gpt-5-nano, 0.05, 0.4, 0.005",
    "Anthropic, claude-opus-4-7, 5, 25, 0.5",
    "Google, gemini-2.5-flash-lite, 0.1, 0.4, 0.01",
    "XAI, grok-4.5, 2, 6, 0.3",
    "DeepSeek, deepseek-v4-pro, 1.32, 3.96, 0.044"
  })
  void countsPricesExactlyInDollarsPerMillion(
      Provider provider, String id, String input, String output, String cacheRead) {
    var facts = CATALOGUE.describe(provider, id).facts();

    assertThat(facts.value(Attribute.INPUT_PRICE).orElseThrow().toPlainString()).isEqualTo(input);
    assertThat(facts.value(Attribute.OUTPUT_PRICE).orElseThrow().toPlainString()).isEqualTo(output);
    assertThat(facts.value(Attribute.CACHE_READ_PRICE).orElseThrow().toPlainString())
        .isEqualTo(cacheRead);
  }

  @Test
  void writesNoPriceWithAnExponentOrTrailingZeros() {
    for (var provider : Provider.values()) {
      for (var entry : CATALOGUE.entries(provider)) {
        for (var price :
            List.of(Attribute.INPUT_PRICE, Attribute.OUTPUT_PRICE, Attribute.CACHE_READ_PRICE)) {
          entry
              .facts()
              .value(price)
              .ifPresent(value ->
                  assertThat(value.toPlainString())
                      .as(entry.id())
                      .isEqualTo(
                          value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString())
                      .hasSizeLessThan(12));
        }
      }
    }
  }

  @Test
  void keepsInputLimitAndContextApart() {
    var facts = CATALOGUE.describe(Provider.OpenAI, "gpt-5-mini").facts();

    assertThat(facts.value(Attribute.MAX_INPUT_TOKENS)).contains(272_000L);
    assertThat(facts.value(Attribute.MAX_OUTPUT_TOKENS)).contains(128_000L);
    assertThat(facts.value(Attribute.OUTPUT_LIMIT_TRUSTED)).contains(true);
    assertThat(facts.get(Attribute.CONTEXT_TOKENS)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"XAI, grok-4.5", "Together, moonshotai/Kimi-K3"})
  void doesNotTrustAnOutputLimitThatRepeatsTheInput(Provider provider, String id) {
    var facts = CATALOGUE.describe(provider, id).facts();

    assertThat(facts.value(Attribute.MAX_OUTPUT_TOKENS))
        .isEqualTo(facts.value(Attribute.MAX_INPUT_TOKENS))
        .isPresent();
    assertThat(facts.value(Attribute.OUTPUT_LIMIT_TRUSTED)).contains(false);
  }

  @Test
  void tellsFalseFromUnknown() {
    var reasoner = CATALOGUE.describe(Provider.DeepSeek, "deepseek-reasoner").facts();
    var embedded = CATALOGUE.describe(Provider.Ollama, "llama3").facts();

    assertThat(reasoner.value(Attribute.TOOLS)).contains(false);
    assertThat(reasoner.value(Attribute.REASONING)).contains(true);
    assertThat(reasoner.get(Attribute.VISION)).isEmpty();
    assertThat(embedded.get(Attribute.TOOLS)).isEmpty();
  }

  @Test
  void listsEffortsFromFlagsAndFromLists() {
    assertThat(efforts(Provider.OpenAI, "gpt-5-mini"))
        .containsExactly("minimal", "low", "medium", "high");
    assertThat(efforts(Provider.OpenAI, "gpt-5.4"))
        .containsExactly("none", "low", "medium", "high", "xhigh");
    assertThat(efforts(Provider.OpenAI, "gpt-5.5-pro")).containsExactly("medium", "high", "xhigh");
    assertThat(efforts(Provider.Mistral, "mistral-small-2603")).containsExactly("none", "high");
    assertThat(efforts(Provider.Groq, "openai/gpt-oss-120b")).isEmpty();
    assertThat(
            CATALOGUE.describe(Provider.OpenAI, "gpt-5.4").facts().value(Attribute.DEFAULT_EFFORT))
        .contains(ReasoningEffort.None);
  }

  @Test
  void retiresAModelOnTheDayOfItsOwnProvider() {
    assertThat(CATALOGUE.describe(Provider.OpenAI, "gpt-5-mini").retiresOn())
        .contains(LocalDate.of(2026, 12, 11));
    assertThat(
            CATALOGUE
                .describe(
                    Provider.AzureOpenAI,
                    DeclaredModel.of("my-deployment").basedOn("gpt-5-mini"),
                    Facts.none())
                .retiresOn())
        .contains(LocalDate.of(2027, 2, 9));
  }

  /// Twice listed, with and without prefix: the one with the prefix speaks.
  @Test
  void mixesNoTwoEntriesOfOneModel() {
    var facts = CATALOGUE.describe(Provider.Google, "gemini-exp-1206").facts();

    assertThat(facts.value(Attribute.MAX_INPUT_TOKENS)).contains(2_097_152L);
    assertThat(facts.value(Attribute.MAX_OUTPUT_TOKENS)).contains(8192L);
    assertThat(facts.value(Attribute.INPUT_PRICE)).hasValueSatisfying(p -> assertThat(p).isZero());
    assertThat(facts.get(Attribute.CACHE_READ_PRICE)).isEmpty();
  }

  @Test
  void takesEachFactFromTheFirstSourceThatHasIt() {
    var declared = DeclaredModel.of("gpt-5-mini").with(Attribute.CONTEXT_TOKENS, 100_000L);
    var listed =
        Facts.none()
            .with(Attribute.CONTEXT_TOKENS, 200_000L, today())
            .with(Attribute.MAX_OUTPUT_TOKENS, 64_000L, today());

    var facts = CATALOGUE.describe(Provider.OpenAI, declared, listed).facts();

    assertThat(facts.get(Attribute.CONTEXT_TOKENS))
        .contains(new Fact<>(100_000L, Source.override()));
    assertThat(facts.get(Attribute.MAX_OUTPUT_TOKENS)).contains(new Fact<>(64_000L, today()));
    assertThat(facts.get(Attribute.MAX_INPUT_TOKENS)).contains(new Fact<>(272_000L, LITELLM));
    assertThat(facts.get(Attribute.DISPLAY_NAME)).contains(new Fact<>("GPT-5 Mini", TOKENLENS));
    assertThat(facts.get(Attribute.SAMPLING))
        .contains(new Fact<>(Sampling.OnlyDefault, Source.rule()));
  }

  /// A rule knows better than the second source, which says that this one takes no temperature.
  @Test
  void asksTheRuleFirstForSampling() {
    assertThat(
            CATALOGUE
                .describe(
                    Provider.AzureOpenAI, DeclaredModel.of("d").basedOn("gpt-5-chat"), Facts.none())
                .facts()
                .get(Attribute.SAMPLING))
        .contains(new Fact<>(Sampling.Accepted, Source.rule()));
    assertThat(
            CATALOGUE
                .describe(
                    Provider.AzureOpenAI, DeclaredModel.of("d").basedOn("codex-mini"), Facts.none())
                .facts()
                .get(Attribute.SAMPLING))
        .contains(new Fact<>(Sampling.OnlyDefault, TOKENLENS));
  }

  @Test
  void keepsTheDayOnWhichAFactWasFirstRead() {
    var first =
        Facts.none()
            .with(Attribute.CONTEXT_TOKENS, 1000L, Source.provider(LocalDate.of(2026, 11, 1)))
            .with(Attribute.MAX_OUTPUT_TOKENS, 10L, Source.provider(LocalDate.of(2026, 11, 1)));
    var second =
        Facts.none()
            .with(Attribute.CONTEXT_TOKENS, 1000L, today())
            .with(Attribute.MAX_OUTPUT_TOKENS, 20L, today());

    var kept = second.since(first);

    assertThat(kept.get(Attribute.CONTEXT_TOKENS)).isEqualTo(first.get(Attribute.CONTEXT_TOKENS));
    assertThat(kept.get(Attribute.MAX_OUTPUT_TOKENS)).contains(new Fact<>(20L, today()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-5-mini", "claude-opus-4-7"})
  void saysOfEveryFactWhoSaysSoAndAsOfWhen(String id) {
    var provider = id.startsWith("gpt") ? Provider.OpenAI : Provider.Anthropic;

    CATALOGUE
        .describe(provider, id)
        .facts()
        .forEach(
            (attribute, fact) -> assertThat(fact.source().asOf()).as(attribute.name()).isPresent());
  }

  private static List<String> efforts(Provider provider, String id) {
    return CATALOGUE
        .describe(provider, id)
        .facts()
        .value(Attribute.EFFORTS)
        .map(Efforts::words)
        .orElse(List.of());
  }

  private static Source today() {
    return Source.provider(LocalDate.of(2026, 11, 20));
  }
}
