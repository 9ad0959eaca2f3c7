import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Which model of which provider a key of LiteLLM's file stands for. The prefixes are irregular, and
/// several keys can stand for one model.
class LiteLlmKey {

  /// The prices of one region, for models that nothing else knows.
  private static final int REGIONAL = 3;

  /// An id as the provider's API takes it, and how good a name the key was: 0 is best.
  record Model(String provider, String id, int rank) {}

  private static final Map<String, String> PROVIDERS =
      Map.ofEntries(
          Map.entry("openai", "OpenAI"),
          Map.entry("anthropic", "Anthropic"),
          Map.entry("gemini", "Google"),
          Map.entry("azure", "AzureOpenAI"),
          Map.entry("bedrock", "Bedrock"),
          Map.entry("bedrock_converse", "Bedrock"),
          Map.entry("bedrock_mantle", "Bedrock"),
          Map.entry("mistral", "Mistral"),
          Map.entry("groq", "Groq"),
          Map.entry("xai", "XAI"),
          Map.entry("deepseek", "DeepSeek"),
          Map.entry("together_ai", "Together"),
          Map.entry("fireworks_ai", "Fireworks"),
          Map.entry("perplexity", "Perplexity"),
          Map.entry("ollama", "Ollama"));

  private static final Pattern REGION = Pattern.compile("^([a-z]{2}(-gov)?-[a-z]+-\\d)/(.+)$");
  private static final Pattern VENDOR_FIRST = Pattern.compile("^[a-z0-9-]+\\.");
  private static final Pattern AZURE_REGION = Pattern.compile("^(eu|us|apac|us-gov|global|global-standard)/(.+)$");

  static boolean ours(String litellmProvider) {
    return PROVIDERS.containsKey(litellmProvider);
  }

  static Optional<Model> of(String key, String litellmProvider, Predicate<String> known) {
    String provider = PROVIDERS.get(litellmProvider);
    return switch (provider) {
      // OpenAI and Anthropic have no prefix; with one it is something else (`openai/container`).
      case "OpenAI", "Anthropic" -> key.contains("/") ? Optional.empty() : Optional.of(new Model(provider, key, 0));
      case "Google", "DeepSeek" -> Optional.of(strip(key, litellmProvider + "/", provider, 1));
      case "AzureOpenAI" -> azure(key);
      case "Bedrock" -> bedrock(key);
      case "Fireworks" -> fireworks(key, known);
      // Without the prefix these are price brackets by size (`together-ai-4.1b-8b`).
      default ->
          key.startsWith(litellmProvider + "/")
              ? Optional.of(strip(key, litellmProvider + "/", provider, 1))
              : Optional.empty();
    };
  }

  private static Model strip(String key, String prefix, String provider, int rankWithout) {
    return key.startsWith(prefix)
        ? new Model(provider, key.substring(prefix.length()), 0)
        : new Model(provider, key, rankWithout);
  }

  private static Optional<Model> azure(String key) {
    if (!key.startsWith("azure/") || key.equals("azure/container")) {
      return Optional.empty();
    }
    String rest = key.substring("azure/".length());
    var region = AZURE_REGION.matcher(rest);
    return Optional.of(
        region.matches()
            ? new Model("AzureOpenAI", region.group(2), REGIONAL)
            : new Model("AzureOpenAI", rest, 0));
  }

  private static Optional<Model> bedrock(String key) {
    // Prices of a commitment, ids of another API.
    if (key.contains("-commitment/") || key.contains("*") || key.contains("/invoke/")
        || key.contains("/claude_platform/")) {
      return Optional.empty();
    }
    String name = key.substring(key.lastIndexOf('/') + 1);
    if (!VENDOR_FIRST.matcher(name).find() || name.contains("@")) {
      return Optional.empty();
    }
    boolean mantle = key.startsWith("bedrock_mantle/");
    String rest = key.replaceFirst("^bedrock(_mantle)?/", "");
    var region = REGION.matcher(rest);
    if (region.matches()) {
      return Optional.of(new Model("Bedrock", region.group(3), REGIONAL));
    }
    // Mantle is the endpoint that we speak to; an id by itself is meant as one.
    int bare = key.equals(rest) ? 1 : 2;
    return Optional.of(new Model("Bedrock", rest, mantle ? 0 : bare));
  }

  /// The short form leaves out whether it is a model or a router.
  private static Optional<Model> fireworks(String key, Predicate<String> known) {
    String prefix = "fireworks_ai/";
    if (!key.startsWith(prefix)) {
      return Optional.empty();
    }
    String rest = key.substring(prefix.length());
    if (rest.contains("/")) {
      return Optional.of(new Model("Fireworks", rest, 0));
    }
    String router = "accounts/fireworks/routers/" + rest;
    String id = known.test(prefix + router) ? router : "accounts/fireworks/models/" + rest;
    return Optional.of(new Model("Fireworks", id, 1));
  }
}
