package dev.llmconfig.catalogue;

import dev.llmconfig.api.Provider;
import dev.llmconfig.api.ReasoningEffort;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the packed file that `hack/catalogue` writes: one model a line, tab-separated, empty where
/// nothing is known. Plain text rather than JSON, because a parser would be half of the time that
/// loading may take.
final class CatalogueReader {

  private static final Map<String, Attribute<Boolean>> SAID =
      Map.of(
          "reasoning", Attribute.REASONING,
          "vision", Attribute.VISION,
          "tools", Attribute.TOOLS,
          "jsonSchema", Attribute.JSON_SCHEMA,
          "thinkingAlwaysOn", Attribute.THINKING_ALWAYS_ON);

  private final Map<String, Source> sources = new HashMap<>();
  private final List<CatalogueEntry> entries = new ArrayList<>();
  private List<String> columns = List.of();

  private CatalogueReader() {}

  static Catalogue read(BufferedReader text) throws IOException {
    var reader = new CatalogueReader();
    for (@Nullable String line = text.readLine(); line != null; line = text.readLine()) {
      reader.line(line);
    }
    return new Catalogue(reader.entries, List.copyOf(reader.sources.values()));
  }

  private void line(String line) {
    var cells = line.split("\t", -1);
    switch (cells[0]) {
      case "#catalogue" -> {
        if (!cells[1].equals("1")) {
          throw new IllegalArgumentException("catalogue format " + cells[1] + " is not known");
        }
      }
      case "#source" ->
          sources.put(cells[1], Source.packed(cells[1], cells[2], LocalDate.parse(cells[3])));
      case "#id" -> columns = List.of(cells);
      default -> entries.add(entry(cells));
    }
  }

  private CatalogueEntry entry(String[] cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException("the catalogue has a line of another length: " + cells[0]);
    }
    int slash = cells[0].indexOf('/');
    return new CatalogueEntry(
        Provider.valueOf(cells[0].substring(0, slash)),
        cells[0].substring(slash + 1),
        new Row(cells).facts());
  }

  private Source source(String name) {
    var source = sources.get(name);
    if (source == null) {
      throw new IllegalArgumentException("the catalogue does not name its source " + name);
    }
    return source;
  }

  /// Everything but the last two columns comes from the first source.
  private final class Row {
    private final String[] cells;
    private final Source main = source("litellm");
    private final Source names = source("tokenlens");
    private Facts facts = Facts.none();

    Row(String[] cells) {
      this.cells = cells;
    }

    Facts facts() {
      put("mode", Attribute.MODE, ModelMode::valueOf, main);
      put("maxInputTokens", Attribute.MAX_INPUT_TOKENS, Long::valueOf, main);
      put("maxOutputTokens", Attribute.MAX_OUTPUT_TOKENS, Long::valueOf, main);
      if (!cell("maxOutputTokens").isEmpty()) {
        // The same number twice is a window that was copied, not a limit of the output.
        boolean trusted = !cell("maxOutputTokens").equals(cell("maxInputTokens"));
        facts = facts.with(Attribute.OUTPUT_LIMIT_TRUSTED, trusted, main);
      }
      put("inputUsdPerMillion", Attribute.INPUT_PRICE, BigDecimal::new, main);
      put("outputUsdPerMillion", Attribute.OUTPUT_PRICE, BigDecimal::new, main);
      put("cacheReadUsdPerMillion", Attribute.CACHE_READ_PRICE, BigDecimal::new, main);
      put("efforts", Attribute.EFFORTS, CatalogueReader::efforts, main);
      put("defaultEffort", Attribute.DEFAULT_EFFORT, CatalogueReader::effort, main);
      put("retiresOn", Attribute.RETIRES_ON, LocalDate::parse, main);
      put("displayName", Attribute.DISPLAY_NAME, name -> name, names);
      put("temperature", Attribute.SAMPLING, CatalogueReader::sampling, names);
      for (String word : cell("says").split(" ", -1)) {
        said(word);
      }
      return facts;
    }

    private void said(String word) {
      boolean yes = !word.startsWith("-");
      String name = yes ? word : word.substring(1);
      if (name.equals("sampling") && !yes) {
        // Goes before what the second source says of temperature.
        facts = facts.with(Attribute.SAMPLING, Sampling.OnlyDefault, main);
      }
      var attribute = SAID.get(name);
      if (attribute != null) {
        facts = facts.with(attribute, yes, main);
      }
    }

    private <T> void put(
        String column, Attribute<T> attribute, Function<String, T> parse, Source source) {
      String cell = cell(column);
      if (!cell.isEmpty()) {
        facts = facts.with(attribute, parse.apply(cell), source);
      }
    }

    private String cell(String column) {
      int at = columns.indexOf(column);
      return at < 0 ? "" : cells[at];
    }
  }

  private static Efforts efforts(String words) {
    return new Efforts(
        List.of(words.split(",", -1)).stream().map(CatalogueReader::effort).toList());
  }

  private static ReasoningEffort effort(String word) {
    return Efforts.level(word).orElseThrow(() -> new IllegalArgumentException("effort " + word));
  }

  private static Sampling sampling(String temperature) {
    return temperature.equals("yes") ? Sampling.Accepted : Sampling.OnlyDefault;
  }
}
