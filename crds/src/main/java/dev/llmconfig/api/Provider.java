package dev.llmconfig.api;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Every provider we know, as data: the one entry that a new provider needs. The names are the enum
/// of the CRD, and the rules of the CRD that depend on the provider are generated from these facts.
public enum Provider {
  OpenAI(
      ProviderFacts.openAi()
          .keyVariables("OPENAI_API_KEY")
          .at("https://api.openai.com/v1")
          .ownHosts("api.openai.com", "*.api.openai.com")
          .keyPrefixes("sk-proj-", "sk-svcacct-", "sk-")
          .tokenField(TokenField.MaxCompletionTokens)),
  Anthropic(
      ProviderFacts.anthropic()
          .keyVariables("ANTHROPIC_API_KEY")
          .at("https://api.anthropic.com")
          .ownHosts("api.anthropic.com")
          .keyPrefixes("sk-ant-api")),
  Google(
      ProviderFacts.gemini()
          .keyVariables("GOOGLE_API_KEY", "GEMINI_API_KEY")
          .at("https://generativelanguage.googleapis.com")
          .ownHosts("generativelanguage.googleapis.com")
          .keyPrefixes("AIza", "AQ.")),
  /// Its list holds the models Azure offers, not the deployments of the resource.
  AzureOpenAI(
      ProviderFacts.openAi()
          .keyVariables("AZURE_OPENAI_API_KEY")
          .ownHosts(
              "*.openai.azure.com", "*.cognitiveservices.azure.com", "*.services.ai.azure.com")
          .keyIn(KeyHeader.ApiKey)
          .apiPath("/openai/v1")
          .list("/openai/v1/models")
          .withoutModelCall()
          .tokenField(TokenField.MaxCompletionTokens)),
  /// Models are listed by another host of the same region.
  Bedrock(
      ProviderFacts.openAi()
          .keyVariables("AWS_BEARER_TOKEN_BEDROCK")
          .ownHosts(
              "bedrock.{region}.amazonaws.com",
              "bedrock-runtime.{region}.amazonaws.com",
              "bedrock-mantle.{region}.api.aws")
          .keyPrefixes("bedrock-api-key-", "ABSK")
          .tokenField(TokenField.MaxCompletionTokens)),
  Mistral(
      ProviderFacts.openAi()
          .keyVariables("MISTRAL_API_KEY")
          .at("https://api.mistral.ai/v1")
          .ownHosts("api.mistral.ai")),
  Groq(
      ProviderFacts.openAi()
          .keyVariables("GROQ_API_KEY")
          .at("https://api.groq.com/openai/v1")
          .ownHosts("api.groq.com")
          .keyPrefixes("gsk_")
          .tokenField(TokenField.MaxCompletionTokens)),
  XAI(
      ProviderFacts.openAi()
          .keyVariables("XAI_API_KEY")
          .at("https://api.x.ai/v1")
          .ownHosts("api.x.ai")
          .keyPrefixes("xai-")
          .keyCall("/api-key")),
  DeepSeek(
      ProviderFacts.openAi()
          .keyVariables("DEEPSEEK_API_KEY")
          .at("https://api.deepseek.com/v1")
          .ownHosts("api.deepseek.com")
          .keyPrefixes("sk-")),
  /// `/models` is public; `/key` and `/models/user` are not.
  OpenRouter(
      ProviderFacts.openAi()
          .keyVariables("OPENROUTER_API_KEY")
          .at("https://openrouter.ai/api/v1")
          .ownHosts("openrouter.ai")
          .keyPrefixes("sk-or-v1-")
          .keyCall("/key")
          .list("/models/user")),
  Together(
      ProviderFacts.openAi()
          .keyVariables("TOGETHER_API_KEY")
          .at("https://api.together.ai/v1")
          .ownHosts("api.together.ai", "api.together.xyz")),
  Fireworks(
      ProviderFacts.openAi()
          .keyVariables("FIREWORKS_API_KEY")
          .at("https://api.fireworks.ai/inference/v1")
          .ownHosts("api.fireworks.ai")
          .keyPrefixes("fw_")),
  Perplexity(
      ProviderFacts.openAi()
          .keyVariables("PERPLEXITY_API_KEY")
          .at("https://api.perplexity.ai")
          .ownHosts("api.perplexity.ai")
          .keyPrefixes("pplx-")
          .withoutList()),
  Ollama(
      ProviderFacts.openAi()
          .keyVariables("OLLAMA_API_KEY")
          .withoutKey()
          .ownHosts("ollama.com")
          .apiPath("/v1")
          .list("/api/tags")
          .modelCall("/api/show")
          .listsToAnybody()
          .loadsModels()),
  VLLM(
      ProviderFacts.openAi()
          .keyVariables("VLLM_API_KEY")
          .withoutKey()
          .apiPath("/v1")
          .list("/v1/models")
          .modelCall("/v1/models/{model}")
          .listsToAnybody()
          .loadsModels()),
  OpenAICompatible(
      ProviderFacts.openAi().keyVariables("OPENAI_API_KEY").withoutKey().listsToAnybody()),
  /// Its endpoint is never dialled, and leads an agent that is given it nowhere.
  Echo(ProviderFacts.echo().at("https://echo.invalid/v1").ownHosts("echo.invalid"));

  private final ProviderFacts facts;

  Provider(ProviderFacts facts) {
    this.facts = facts;
  }

  public Dialect dialect() {
    return facts.dialect;
  }

  /// Where the provider is reached when the object names no endpoint; empty where only the user can
  /// know.
  public Optional<String> defaultEndpoint() {
    return unlessEmpty(facts.endpoint);
  }

  /// The environment variables that its own SDK takes the key from, the one that wins first.
  public List<String> keyVariables() {
    return facts.keyVariables;
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

  public KeyHeader keyHeader() {
    return facts.keyHeader;
  }

  /// How keys of this provider begin, the longest first; empty where they have no common beginning.
  public List<String> keyPrefixes() {
    return facts.keyPrefixes;
  }

  /// The call that tells about the key itself, relative to the endpoint.
  public Optional<String> keyCall() {
    return unlessEmpty(facts.keyCall);
  }

  /// Where the models are listed, relative to the endpoint; empty where they are not.
  public Optional<String> listCall() {
    return unlessEmpty(facts.list);
  }

  /// Where one model is asked for, relative to the endpoint; `{model}` stands for its id.
  public Optional<String> modelCall() {
    return unlessEmpty(facts.modelCall);
  }

  /// What stands between the endpoint and `/chat/completions`.
  public String apiPath() {
    return facts.apiPath;
  }

  /// The field that limits the answer; a refusal of it is tried once with the other.
  public TokenField tokenField() {
    return facts.tokenField;
  }

  /// Whether a list that was answered proves the key. Where not, the list is asked for once more
  /// without the key.
  public boolean listProvesKey() {
    return facts.listProvesKey;
  }

  /// Whether a first answer may have to wait for a model to be loaded.
  public boolean loadsModels() {
    return facts.loadsModels;
  }

  /// The names of those that fit, in the order of their declaration.
  public static List<String> names(Predicate<Provider> fits) {
    return Stream.of(values()).filter(fits).map(Provider::name).toList();
  }

  private static Optional<String> unlessEmpty(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
