package dev.llmconfig.catalogue;

import dev.llmconfig.api.ReasoningEffort;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What the columns of the packed file mean. All but the last two come from the first source.
final class CatalogueColumns {

  private static final Map<String, Attribute<Boolean>> SAID =
      Map.of(
          "reasoning", Attribute.REASONING,
          "vision", Attribute.VISION,
          "tools", Attribute.TOOLS,
          "jsonSchema", Attribute.JSON_SCHEMA,
          "thinkingAlwaysOn", Attribute.THINKING_ALWAYS_ON);

  private final List<String> names;
  private final Source main;
  private final Source second;

  CatalogueColumns(List<String> names, Source main, Source second) {
    this.names = names;
    this.main = main;
    this.second = second;
  }

  Facts facts(String line) {
    var cells = line.split("\t", -1);
    if (cells.length != names.size()) {
      throw new IllegalArgumentException("the catalogue has a line of another length: " + line);
    }
    return new Row(cells).facts();
  }

  /// Not by a formatter, whose start alone takes longer than the whole file.
  static LocalDate date(String iso) {
    return LocalDate.of(
        Integer.parseInt(iso.substring(0, 4)),
        Integer.parseInt(iso.substring(5, 7)),
        Integer.parseInt(iso.substring(8)));
  }

  private final class Row {
    private final String[] cells;
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
      put("efforts", Attribute.EFFORTS, CatalogueColumns::efforts, main);
      put("defaultEffort", Attribute.DEFAULT_EFFORT, CatalogueColumns::effort, main);
      put("retiresOn", Attribute.RETIRES_ON, CatalogueColumns::date, main);
      put("displayName", Attribute.DISPLAY_NAME, name -> name, second);
      put("temperature", Attribute.SAMPLING, CatalogueColumns::sampling, second);
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
      int at = names.indexOf(column);
      return at < 0 ? "" : cells[at];
    }
  }

  private static Efforts efforts(String words) {
    var levels = new ArrayList<ReasoningEffort>();
    for (String word : words.split(",", -1)) {
      levels.add(effort(word));
    }
    return new Efforts(levels);
  }

  private static ReasoningEffort effort(String word) {
    return Efforts.level(word).orElseThrow(() -> new IllegalArgumentException("effort " + word));
  }

  private static Sampling sampling(String temperature) {
    return temperature.equals("yes") ? Sampling.Accepted : Sampling.OnlyDefault;
  }
}
