package dev.llmconfig.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.Provider;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Ids as providers and people write them, and what may be taken from a near relation.
class IdMatchingTest {

  private static final Catalogue CATALOGUE = Catalogue.packed();

  /// Real ids, and the entry that each must be found as.
  @ParameterizedTest
  @CsvSource({
    // 1: exactly
    "OpenAI, gpt-5-mini, gpt-5-mini, false",
    "OpenAI, gpt-5-mini-2025-08-07, gpt-5-mini-2025-08-07, false",
    "Anthropic, claude-sonnet-4-5-20250929, claude-sonnet-4-5-20250929, false",
    "Google, gemini-2.5-flash, gemini-2.5-flash, false",
    "AzureOpenAI, gpt-5-mini, gpt-5-mini, false",
    "Bedrock, us.anthropic.claude-sonnet-4-5-20250929-v1:0, us.anthropic.claude-sonnet-4-5-20250929-v1:0, false",
    "Bedrock, openai.gpt-5.4, openai.gpt-5.4, false",
    "Mistral, mistral-small-2603, mistral-small-2603, false",
    "Groq, openai/gpt-oss-120b, openai/gpt-oss-120b, false",
    "XAI, grok-4.5, grok-4.5, false",
    "DeepSeek, deepseek-v4-flash, deepseek-v4-flash, false",
    "Together, meta-llama/Llama-3.3-70B-Instruct-Turbo, meta-llama/Llama-3.3-70B-Instruct-Turbo, false",
    "Fireworks, accounts/fireworks/models/glm-4p7, accounts/fireworks/models/glm-4p7, false",
    "Perplexity, sonar-pro, sonar-pro, false",
    "Ollama, llama3.1, llama3.1, false",
    // 2: in another case
    "Together, meta-llama/llama-3.3-70b-instruct-turbo, meta-llama/Llama-3.3-70B-Instruct-Turbo, false",
    "OpenAI, GPT-5-Mini, gpt-5-mini, false",
    // 3: with or without a path
    "Google, models/gemini-2.5-flash, gemini-2.5-flash, false",
    "Fireworks, glm-4p7, accounts/fireworks/models/glm-4p7, false",
    "Fireworks, accounts/our-team/models/glm-4p7, accounts/fireworks/models/glm-4p7, false",
    "Bedrock, ca.anthropic.claude-opus-4-8, anthropic.claude-opus-4-8, false",
    // 4: a variant, or a fine-tuned model
    "Ollama, llama3.1:8b, llama3.1, true",
    "OpenAI, ft:gpt-4o-mini-2024-07-18:our-org::9xYz, ft:gpt-4o-mini-2024-07-18, true",
    "OpenAI, ft:gpt-5-mini:our-org:name:9xYz, gpt-5-mini, true",
    "Bedrock, anthropic.claude-sonnet-4-5-20250929-v1:0:200k, anthropic.claude-sonnet-4-5-20250929-v1:0, true",
    // 5: a build by its date
    "OpenAI, gpt-5-mini-2027-01-01, gpt-5-mini, true",
    "Anthropic, claude-sonnet-5-20271231, claude-sonnet-5, true",
    "XAI, grok-4.6-latest, grok-4.6, true",
    // 6: sold by OpenRouter
    "OpenRouter, openai/gpt-5-mini, gpt-5-mini, true",
    "OpenRouter, openai/gpt-5-mini:nitro, gpt-5-mini, true",
    "OpenRouter, anthropic/claude-sonnet-4.5, claude-sonnet-4-5, true",
    "OpenRouter, x-ai/grok-4.5, grok-4.5, true",
    "OpenRouter, mistralai/mistral-small-2603, mistral-small-2603, true",
  })
  void findsAModelByAnyWayOfWritingItsId(
      Provider provider, String id, String entry, boolean approximate) {
    var match = CATALOGUE.find(provider, id);

    assertThat(match.entry().map(CatalogueEntry::id)).contains(entry);
    assertThat(match instanceof Match.Approximate).isEqualTo(approximate);
  }

  @ParameterizedTest
  @CsvSource({
    "OpenAI, gpt-nothing",
    "OpenAI, claude-sonnet-4-5",
    "OpenAI, sample_spec",
    "OpenAI, fallback_generalizations",
    "OpenAI, openai/container",
    "OpenAI, container",
    "AzureOpenAI, container",
    "Google, lyria-3.5",
    "Together, together-ai-4.1b-8b",
    "OpenRouter, unheard-of/gpt-5-mini",
    "OpenRouter, gpt-5-mini",
    "VLLM, Qwen/Qwen3-8B",
    "OpenAICompatible, gpt-5-mini",
    "OpenAI, ft:",
    "OpenAI, :",
    "OpenAI, /",
    "OpenAI, -latest",
    "Ollama, :free"
  })
  void leavesUnknownWhatItDoesNotKnow(Provider provider, String id) {
    assertThat(CATALOGUE.find(provider, id)).isEqualTo(new Match.Unknown());
  }

  @ParameterizedTest
  @CsvSource({
    "OpenAI, ft:gpt-5-mini:org::id",
    "OpenAI, gpt-5-mini-2027-01-01",
    "OpenRouter, openai/gpt-5-mini"
  })
  void neverTakesRetirementFromANearRelation(Provider provider, String id) {
    var model = CATALOGUE.describe(provider, id);

    assertThat(model.approximate()).isTrue();
    assertThat(model.retiresOn()).isEmpty();
    assertThat(model.facts().value(Attribute.MAX_OUTPUT_TOKENS)).contains(128_000L);
  }

  @Test
  void takesNoPriceOfTheVendorForOpenRouter() {
    var facts = CATALOGUE.describe(Provider.OpenRouter, "openai/gpt-5-mini").facts();

    assertThat(facts.get(Attribute.INPUT_PRICE)).isEmpty();
    assertThat(facts.get(Attribute.OUTPUT_PRICE)).isEmpty();
    assertThat(facts.get(Attribute.CACHE_READ_PRICE)).isEmpty();
  }

  @Test
  void keepsThePriceThatOpenRouterListsItself() {
    var listed = Facts.none().with(Attribute.INPUT_PRICE, new BigDecimal("0.3"), today());

    var model =
        CATALOGUE.describe(Provider.OpenRouter, DeclaredModel.of("openai/gpt-5-mini"), listed);

    assertThat(model.facts().get(Attribute.INPUT_PRICE).map(Fact::source)).contains(today());
  }

  @Test
  void knowsNothingOfAnAzureDeploymentByItsName() {
    var model = CATALOGUE.describe(Provider.AzureOpenAI, "gpt-4o");

    assertThat(model.match()).isEqualTo(new Match.Unknown());
    assertThat(model.facts().get(Attribute.MAX_OUTPUT_TOKENS)).isEmpty();
  }

  private static Source today() {
    return Source.provider(LocalDate.of(2026, 11, 20));
  }
}
