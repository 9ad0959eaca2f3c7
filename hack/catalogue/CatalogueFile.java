import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/// The layout of the catalogue: one model a line, tab-separated, sorted, empty where nothing is known, so
/// that an update reads well as a diff. The product reads it in `dev.llmconfig.catalogue.CatalogueReader`.
class CatalogueFile {

  static final List<String> COLUMNS =
      List.of(
          "id", "mode", "maxInputTokens", "maxOutputTokens", "inputUsdPerMillion", "outputUsdPerMillion",
          "cacheReadUsdPerMillion", "says", "efforts", "defaultEffort", "retiresOn", "displayName", "temperature");

  static String write(Properties pins, SortedMap<String, Map<String, String>> models) {
    var text = new StringBuilder();
    text.append("#catalogue\t1\t").append(models.size()).append(" models, made by hack/catalogue; do not edit\n");
    for (String source : List.of("litellm", "tokenlens")) {
      text.append("#source\t").append(source);
      for (String fact : List.of("version", "asOf", "sha256")) {
        text.append('\t').append(pins.getProperty(source + "." + fact));
      }
      text.append('\n');
    }
    text.append('#').append(String.join("\t", COLUMNS)).append('\n');
    models.forEach(
        (id, fields) -> {
          var line = new StringJoiner("\t", "", "\n");
          for (String column : COLUMNS) {
            line.add(column.equals("id") ? id : fields.getOrDefault(column, ""));
          }
          text.append(line);
        });
    return text.toString();
  }

  static SortedMap<String, Map<String, String>> read(String text) {
    var models = new TreeMap<String, Map<String, String>>();
    text.lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              var cells = line.split("\t", -1);
              var fields = new TreeMap<String, String>();
              for (int i = 1; i < Math.min(cells.length, COLUMNS.size()); i++) {
                if (!cells[i].isEmpty()) {
                  fields.put(COLUMNS.get(i), cells[i]);
                }
              }
              models.put(cells[0], fields);
            });
    return models;
  }
}
