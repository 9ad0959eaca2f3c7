import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a person reads before a new catalogue is committed.
class Report {

  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private final SortedMap<String, List<String>> skipped = new TreeMap<>();
  private final List<String> twice = new ArrayList<>();
  private final StringBuilder changes = new StringBuilder();

  void count(String what, int number) {
    counts.put(what, number);
  }

  void skip(String why, String key) {
    skipped.computeIfAbsent(why, _ -> new ArrayList<>()).add(key);
  }

  void twice(String id, List<String> keys) {
    twice.add(id + " from " + String.join(", ", keys));
  }

  void compare(SortedMap<String, Map<String, String>> before, SortedMap<String, Map<String, String>> after) {
    var providers = new TreeMap<String, Integer>();
    after.keySet().forEach(id -> providers.merge(id.substring(0, id.indexOf('/')), 1, Integer::sum));
    count("models", after.size());
    providers.forEach((provider, number) -> count("models of " + provider, number));

    var added = new TreeSet<>(after.keySet());
    added.removeAll(before.keySet());
    var removed = new TreeSet<>(before.keySet());
    removed.removeAll(after.keySet());
    list("added", added);
    list("removed", removed);
    for (String column : CatalogueFile.COLUMNS) {
      var rows = new ArrayList<String>();
      after.forEach(
          (id, fields) -> {
            var old = before.get(id);
            if (old != null && !Objects.equals(old.get(column), fields.get(column))) {
              rows.add(id + ": " + old.getOrDefault(column, "unknown") + " -> "
                  + fields.getOrDefault(column, "unknown"));
            }
          });
      list("changed " + column, rows);
    }
    if (changes.isEmpty()) {
      changes.append("\nNothing changed.\n");
    }
  }

  private void list(String title, Iterable<String> rows) {
    var lines = new ArrayList<String>();
    rows.forEach(lines::add);
    if (!lines.isEmpty()) {
      changes.append("\n## ").append(title).append(" (").append(lines.size()).append(")\n");
      lines.forEach(line -> changes.append("- ").append(line).append('\n'));
    }
  }

  String text() {
    var text = new StringBuilder("# Catalogue\n");
    counts.forEach((what, number) -> text.append("- ").append(what).append(": ").append(number).append('\n'));
    text.append("- models from more than one entry: ").append(twice.size()).append('\n');
    skipped.forEach(
        (why, keys) ->
            text.append("- skipped, ").append(why).append(": ").append(keys.size()).append(" (")
                .append(String.join(", ", keys.subList(0, Math.min(5, keys.size()))))
                .append(keys.size() > 5 ? ", …)\n" : ")\n"));
    return text.append(changes).toString();
  }
}
