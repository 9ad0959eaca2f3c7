package dev.llmconfig.api;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Every provider we know, as data: the one entry that a new provider needs. The names are the enum
/// of the CRD, and the rules of the CRD that depend on the provider are generated from these facts.
public enum Provider {
  OpenAI(
      Facts.of(Dialect.OpenAI)
          .at("https://api.openai.com/v1")
          .ownHosts("api.openai.com", "*.api.openai.com")),
  Anthropic(
      Facts.of(Dialect.Anthropic).at("https://api.anthropic.com").ownHosts("api.anthropic.com")),
  Google(
      Facts.of(Dialect.Gemini)
          .at("https://generativelanguage.googleapis.com")
          .ownHosts("generativelanguage.googleapis.com")),
  AzureOpenAI(
      Facts.of(Dialect.OpenAI)
          .ownHosts(
              "*.openai.azure.com", "*.cognitiveservices.azure.com", "*.services.ai.azure.com")),
  Bedrock(
      Facts.of(Dialect.OpenAI)
          .ownHosts(
              "bedrock.{region}.amazonaws.com",
              "bedrock-runtime.{region}.amazonaws.com",
              "bedrock-mantle.{region}.api.aws")),
  Mistral(Facts.of(Dialect.OpenAI).at("https://api.mistral.ai/v1").ownHosts("api.mistral.ai")),
  Groq(Facts.of(Dialect.OpenAI).at("https://api.groq.com/openai/v1").ownHosts("api.groq.com")),
  XAI(Facts.of(Dialect.OpenAI).at("https://api.x.ai/v1").ownHosts("api.x.ai")),
  DeepSeek(Facts.of(Dialect.OpenAI).at("https://api.deepseek.com/v1").ownHosts("api.deepseek.com")),
  OpenRouter(Facts.of(Dialect.OpenAI).at("https://openrouter.ai/api/v1").ownHosts("openrouter.ai")),
  Together(
      Facts.of(Dialect.OpenAI)
          .at("https://api.together.ai/v1")
          .ownHosts("api.together.ai", "api.together.xyz")),
  Fireworks(
      Facts.of(Dialect.OpenAI)
          .at("https://api.fireworks.ai/inference/v1")
          .ownHosts("api.fireworks.ai")),
  Perplexity(
      Facts.of(Dialect.OpenAI).at("https://api.perplexity.ai").ownHosts("api.perplexity.ai")),
  Ollama(Facts.of(Dialect.OpenAI).withoutKey().ownHosts("ollama.com")),
  VLLM(Facts.of(Dialect.OpenAI).withoutKey()),
  OpenAICompatible(Facts.of(Dialect.OpenAI).withoutKey()),
  /// Its endpoint is never dialled, and leads an agent that is given it nowhere.
  Echo(Facts.of(Dialect.Echo).at("https://echo.invalid/v1").withoutKey());

  private final Facts facts;

  Provider(Facts facts) {
    this.facts = facts;
  }

  public Dialect dialect() {
    return facts.dialect;
  }

  /// Where the provider is reached when the object names no endpoint; empty where only the user can
  /// know.
  public Optional<String> defaultEndpoint() {
    return facts.endpoint.isEmpty() ? Optional.empty() : Optional.of(facts.endpoint);
  }

  /// Whether the provider can do without a key.
  public boolean keyless() {
    return facts.keyless;
  }

  /// Host patterns that a key may go to without further consent: `*.` for any labels in front,
  /// `{region}` for one.
  public List<String> ownHosts() {
    return facts.ownHosts;
  }

  /// The names of those that fit, in the order of their declaration.
  public static List<String> names(Predicate<Provider> fits) {
    return Stream.of(values()).filter(fits).map(Provider::name).toList();
  }

  private record Facts(Dialect dialect, String endpoint, boolean keyless, List<String> ownHosts) {

    static Facts of(Dialect dialect) {
      return new Facts(dialect, "", false, List.of());
    }

    Facts at(String url) {
      return new Facts(dialect, url, keyless, ownHosts);
    }

    Facts withoutKey() {
      return new Facts(dialect, endpoint, true, ownHosts);
    }

    Facts ownHosts(String... patterns) {
      return new Facts(dialect, endpoint, keyless, List.of(patterns));
    }
  }
}
