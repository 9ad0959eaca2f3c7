package dev.llmconfig.rest;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What a caller can read, as the header `Accept` says.
record Accepted(List<Range> ranges) {

  static final String JSON = "application/json";
  static final String YAML = "application/yaml";
  static final String LINES = "application/x-ndjson";

  private static final List<String> NAMES_OF_YAML =
      List.of(YAML, "application/x-yaml", "text/yaml", "text/x-yaml");
  private static final Pattern WEIGHT = Pattern.compile("q=(0|1|0?[.][0-9]{1,3}|1[.]0{0,3})");

  /// Types, and how much they are wanted.
  record Range(String type, double weight) {}

  Accepted {
    ranges = List.copyOf(ranges);
  }

  /// Nothing said is anything.
  static Accepted of(String header) {
    return new Accepted(
        Arrays.stream(header.split(",", -1))
            .map(one -> one.strip().toLowerCase(Locale.ROOT))
            .filter(one -> !one.isEmpty())
            .map(Accepted::range)
            .toList());
  }

  private static Range range(String text) {
    var parts = text.split(";", -1);
    var weight =
        Arrays.stream(parts)
            .skip(1)
            .map(part -> WEIGHT.matcher(part.strip()))
            .filter(found -> found.matches())
            .map(found -> Double.parseDouble(found.group(1)))
            .findFirst()
            .orElse(1.0);
    return new Range(parts[0].strip(), weight);
  }

  /// Only whoever names it wants it: a browser takes anything.
  boolean prefersYaml() {
    var yaml = NAMES_OF_YAML.stream().mapToDouble(this::named).max().orElse(0);
    return yaml > 0 && yaml >= named(JSON);
  }

  boolean prefersLines() {
    return named(LINES) > 0 && named(LINES) >= named(JSON);
  }

  private double named(String type) {
    return ranges.stream()
        .filter(one -> one.type().equals(type))
        .mapToDouble(Range::weight)
        .max()
        .orElse(0);
  }

  boolean takes(String type) {
    if (ranges.isEmpty()) {
      return true;
    }
    var kind = type.substring(0, type.indexOf('/')) + "/*";
    // The closest one counts.
    for (var name : List.of(type, kind, "*/*", "*")) {
      if (ranges.stream().anyMatch(one -> one.type().equals(name))) {
        return named(name) > 0;
      }
    }
    return false;
  }
}
