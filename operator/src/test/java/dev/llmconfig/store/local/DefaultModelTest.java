package dev.llmconfig.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmconfig.api.Provider;
import dev.llmconfig.catalogue.Catalogue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefaultModelTest {

  @ParameterizedTest
  @CsvSource({
    "openai/gpt-5-mini, OpenAI, gpt-5-mini",
    "Anthropic/claude-sonnet-4-5, Anthropic, claude-sonnet-4-5",
    "google/gemini-2.5-pro, Google, gemini-2.5-pro",
    "gemini/gemini-2.5-pro, Google, gemini-2.5-pro",
    "openrouter/meta-llama/llama-3.3-70b, OpenRouter, meta-llama/llama-3.3-70b",
    "gpt-5-mini, OpenAI, gpt-5-mini"
  })
  void knowsWhoseAModelIs(String text, Provider provider, String model) throws Exception {
    assertThat(read("llm:\n  default_model: " + text + "\n"))
        .contains(new DefaultModel(provider, model, 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "other: 1\n", "llm:\n", "llm:\n  default_model:\n", "llm: {}\n"})
  void saysNothingWhereTheFileSaysNothing(String text) throws Exception {
    assertThat(read(text)).isEmpty();
  }

  @Test
  void tellsWhatIsWrongWithoutRepeatingIt() {
    assertThatThrownBy(() -> read("other: 1\nllm:\n  default_model: nobody-knows-this-one\n"))
        .isInstanceOfSatisfying(
            DefaultModel.Malformed.class, malformed -> assertThat(malformed.line()).isEqualTo(3))
        .hasMessageContaining("provider/model")
        .hasMessageNotContaining("nobody-knows");
    assertThatThrownBy(() -> read("llm:\n  default_model: [a, b]\n")).hasMessageContaining("text");
    assertThatThrownBy(() -> read("llm:\n\t default_model: a\n")).hasMessageContaining("no YAML");
  }

  private static Optional<DefaultModel> read(String text) throws DefaultModel.Malformed {
    return DefaultModel.read(
        text.getBytes(StandardCharsets.UTF_8), Catalogue.packed(), List.of(Provider.OpenAI));
  }
}
