package dev.llmconfig.takeover;

import dev.llmconfig.api.Provider;
import java.util.Map;
import java.util.Optional;

/// Whose model a name is: LiteLLM writes `provider/model`, and knows some models without it.
final class LiteLlmProviders {

  private static final Map<String, Provider> PREFIXES =
      Map.ofEntries(
          Map.entry("openai", Provider.OpenAI),
          Map.entry("text-completion-openai", Provider.OpenAI),
          Map.entry("anthropic", Provider.Anthropic),
          Map.entry("gemini", Provider.Google),
          Map.entry("azure", Provider.AzureOpenAI),
          Map.entry("mistral", Provider.Mistral),
          Map.entry("groq", Provider.Groq),
          Map.entry("xai", Provider.XAI),
          Map.entry("deepseek", Provider.DeepSeek),
          Map.entry("openrouter", Provider.OpenRouter),
          Map.entry("together_ai", Provider.Together),
          Map.entry("fireworks_ai", Provider.Fireworks),
          Map.entry("perplexity", Provider.Perplexity),
          Map.entry("ollama", Provider.Ollama),
          Map.entry("ollama_chat", Provider.Ollama),
          Map.entry("hosted_vllm", Provider.VLLM),
          Map.entry("vllm", Provider.VLLM),
          Map.entry("openai_like", Provider.OpenAICompatible),
          Map.entry("custom_openai", Provider.OpenAICompatible));

  private static final Map<String, Provider> BARE =
      Map.of(
          "gpt-", Provider.OpenAI,
          "chatgpt-", Provider.OpenAI,
          "o1", Provider.OpenAI,
          "o3", Provider.OpenAI,
          "o4", Provider.OpenAI,
          "claude-", Provider.Anthropic);

  private LiteLlmProviders() {}

  /// @param custom the provider where the file says it apart from the model
  static Optional<Provider> provider(String custom, String full) {
    var prefix = custom.isEmpty() ? full.replaceAll("/.*", "") : custom;
    if (full.contains("/") || !custom.isEmpty()) {
      return Optional.ofNullable(PREFIXES.get(prefix));
    }
    return BARE.entrySet().stream()
        .filter(one -> full.startsWith(one.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  static String model(String full) {
    var slash = full.indexOf('/');
    return slash > 0 && PREFIXES.containsKey(full.substring(0, slash))
        ? full.substring(slash + 1)
        : full;
  }
}
