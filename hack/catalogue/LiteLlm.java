import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/// The models of our providers in LiteLLM's price file. Each entry is read by itself: one with prose where
/// a number belongs is dropped and named, and the rest goes on.
class LiteLlm {

  private static final Set<String> NOT_MODELS = Set.of("sample_spec", "fallback_generalizations");
  private static final Map<String, String> MODES =
      Map.of("chat", "Chat", "responses", "Responses", "completion", "Completion");
  private static final List<String> EFFORTS = List.of("none", "minimal", "low", "medium", "high", "xhigh", "max");

  /// What one entry says, and how good a name it has for its model: 0 is best.
  private record Entry(String key, LiteLlmKey.Model model, Map<String, String> fields) {}

  private static class BadEntry extends Exception {
    private static final long serialVersionUID = 1;

    BadEntry(String message) {
      super(message);
    }
  }

  static SortedMap<String, Map<String, String>> read(Path file, Report report) throws IOException {
    // Decimal, because 4e-08 read as binary floating point is 0.039999… per million.
    var json = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    var byModel = new TreeMap<String, List<Entry>>();
    int ours = 0;
    var root = json.readTree(file.toFile());
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      var key = field.getKey();
      var entry = field.getValue();
      if (NOT_MODELS.contains(key) || !MODES.containsKey(entry.path("mode").asText())) {
        continue;
      }
      if (!LiteLlmKey.ours(entry.path("litellm_provider").asText())) {
        continue;
      }
      ours++;
      var model = LiteLlmKey.of(key, entry.path("litellm_provider").asText(), root::has);
      if (model.isEmpty()) {
        report.skip("no model id of the provider", key);
        continue;
      }
      try {
        var fields = fields(entry);
        byModel
            .computeIfAbsent(model.get().provider() + "/" + model.get().id(), _ -> new ArrayList<>())
            .add(new Entry(key, model.get(), fields));
      } catch (BadEntry e) {
        report.skip(e.getMessage(), key);
      }
    }
    report.count("LiteLLM entries of our providers and modes", ours);
    var models = new TreeMap<String, Map<String, String>>();
    byModel.forEach((id, entries) -> models.put(id, merge(id, entries, report)));
    return models;
  }

  /// The entry with the best name speaks for the model, alone: two entries mixed would be a model that
  /// does not exist. Where several of one rank disagree (regions), the field stays unknown.
  private static Map<String, String> merge(String id, List<Entry> entries, Report report) {
    if (entries.size() > 1) {
      report.twice(id, entries.stream().map(Entry::key).sorted().toList());
    }
    int best = entries.stream().mapToInt(entry -> entry.model().rank()).min().orElseThrow();
    var spoken = entries.stream().filter(entry -> entry.model().rank() == best).map(Entry::fields).toList();
    var merged = new TreeMap<>(spoken.getFirst());
    for (String column : CatalogueFile.COLUMNS) {
      if (spoken.stream().map(fields -> fields.getOrDefault(column, "")).distinct().count() > 1) {
        merged.remove(column);
      }
    }
    return merged;
  }

  private static Map<String, String> fields(JsonNode entry) throws BadEntry {
    // Music and speech models are `chat` in the source.
    var out = entry.path("supported_output_modalities");
    if (out.isArray() && out.valueStream().noneMatch(kind -> kind.asText().equals("text"))) {
      throw new BadEntry("writes no text");
    }
    var fields = new TreeMap<String, String>();
    put(fields, "mode", MODES.get(entry.path("mode").asText()));
    put(fields, "maxInputTokens", tokens(entry, "max_input_tokens"));
    put(fields, "maxOutputTokens", tokens(entry, "max_output_tokens"));
    put(fields, "inputUsdPerMillion", price(entry, "input_cost_per_token"));
    put(fields, "outputUsdPerMillion", price(entry, "output_cost_per_token"));
    put(fields, "cacheReadUsdPerMillion", price(entry, "cache_read_input_token_cost"));
    put(fields, "retiresOn", date(entry, "deprecation_date"));
    var says = new StringJoiner(" ");
    say(says, entry, "supports_function_calling", "tools");
    say(says, entry, "supports_reasoning", "reasoning");
    say(says, entry, "supports_response_schema", "jsonSchema");
    say(says, entry, "supports_sampling_params", "sampling");
    say(says, entry, "supports_vision", "vision");
    say(says, entry, "thinking_always_on", "thinkingAlwaysOn");
    put(fields, "says", says.toString());
    put(fields, "efforts", efforts(entry));
    String effort = entry.path("default_reasoning_effort").asText("");
    put(fields, "defaultEffort", EFFORTS.contains(effort) ? effort : "");
    if (fields.keySet().equals(Set.of("mode"))) {
      throw new BadEntry("says nothing of use");
    }
    return fields;
  }

  private static void put(Map<String, String> fields, String column, String value) {
    if (!value.isEmpty()) {
      fields.put(column, value);
    }
  }

  private static BigDecimal number(JsonNode entry, String name) throws BadEntry {
    var value = entry.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isNumber() || value.decimalValue().signum() < 0) {
      throw new BadEntry(name + " is not a number");
    }
    return value.decimalValue();
  }

  private static String tokens(JsonNode entry, String name) throws BadEntry {
    var number = number(entry, name);
    try {
      return number == null || number.signum() == 0 ? "" : number.toBigIntegerExact().toString();
    } catch (ArithmeticException e) {
      throw new BadEntry(name + " is not a whole number");
    }
  }

  /// The source counts dollars per token, we per million.
  private static String price(JsonNode entry, String name) throws BadEntry {
    var number = number(entry, name);
    return number == null ? "" : number.movePointRight(6).stripTrailingZeros().toPlainString();
  }

  private static String date(JsonNode entry, String name) throws BadEntry {
    var value = entry.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    try {
      return LocalDate.parse(value.asText()).toString();
    } catch (DateTimeParseException e) {
      throw new BadEntry(name + " is not a date");
    }
  }

  /// Absent is unknown, and stays so.
  private static void say(StringJoiner says, JsonNode entry, String name, String word) throws BadEntry {
    var value = entry.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return;
    }
    if (!value.isBoolean()) {
      throw new BadEntry(name + " is not a boolean");
    }
    says.add(value.booleanValue() ? word : "-" + word);
  }

  /// A list where the source has one. Else its flags name what differs from low, medium and high; without
  /// any flag nothing is known.
  private static String efforts(JsonNode entry) {
    var levels = entry.path("reasoning_effort_levels");
    if (levels.isArray()) {
      var words = levels.valueStream().map(JsonNode::asText).toList();
      return String.join(",", EFFORTS.stream().filter(words::contains).toList());
    }
    boolean flagged = EFFORTS.stream().anyMatch(word -> entry.path(flag(word)).isBoolean());
    if (!flagged) {
      return "";
    }
    var usual = Set.of("low", "medium", "high");
    return String.join(
        ",", EFFORTS.stream().filter(word -> entry.path(flag(word)).asBoolean(usual.contains(word))).toList());
  }

  private static String flag(String word) {
    return "supports_" + word + "_reasoning_effort";
  }
}
