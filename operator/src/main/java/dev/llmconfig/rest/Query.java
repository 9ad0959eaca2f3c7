package dev.llmconfig.rest;

import dev.llmconfig.rest.shape.Problem;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The parameters of a request, each of them known to its route. Names are as they are written: a
/// typing error must never be a filter that filters nothing.
record Query(Map<String, List<String>> values) {

  static final Problem.Field UNREADABLE =
      problem("query", "The query holds a percent sign that encodes nothing.");

  /// All that is wrong with it at once.
  ///
  /// @param raw what stands behind the question mark; empty for nothing
  static Query parse(String raw, List<Parameter> known) {
    var values = new TreeMap<String, List<String>>();
    var problems = new ArrayList<Problem.Field>();
    for (var pair : raw.split("&", -1)) {
      if (!pair.isEmpty()) {
        read(pair, known, values, problems);
      }
    }
    if (!problems.isEmpty()) {
      throw Refusal.parameters(problems);
    }
    return new Query(values);
  }

  private static void read(
      String pair,
      List<Parameter> known,
      Map<String, List<String>> values,
      List<Problem.Field> problems) {
    var equals = pair.indexOf('=');
    String name;
    String value;
    try {
      name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
    } catch (IllegalArgumentException _) {
      problems.add(UNREADABLE);
      return;
    }
    var parameter = known.stream().filter(one -> one.name().equals(name)).findFirst();
    if (parameter.isEmpty()) {
      var named = WrittenName.tellable(name);
      problems.add(
          problem(
              named.orElse("query"),
              known.isEmpty()
                  ? "This route takes no parameters."
                  : "%s is a parameter that this route does not know; it knows %s."
                      .formatted(
                          named.orElse("What the query names"),
                          known.stream().map(Parameter::name).collect(Collectors.joining(", ")))));
      return;
    }
    var all = values.computeIfAbsent(name, _ -> new ArrayList<>());
    if (!all.isEmpty() && !parameter.get().several()) {
      problems.add(problem(name, "%s is given more than once.".formatted(name)));
    }
    parameter.get().problem(value).ifPresent(wrong -> problems.add(problem(name, wrong)));
    all.add(value);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static Problem.Field problem(String field, String message) {
    return new Problem.Field(field, ProblemReason.UnknownParameter.name(), message);
  }

  Optional<String> one(String name) {
    return all(name).stream().findFirst();
  }

  boolean yes(String name) {
    return one(name).filter("true"::equals).isPresent();
  }

  /// Empty for absent, which is no filter.
  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  int limit() {
    return one("limit").map(Integer::parseInt).orElse(Parameter.USUAL_LIMIT);
  }

  /// Whether a value passes, where the parameter asks for anything.
  boolean allows(String name, String value) {
    var asked = all(name);
    return asked.isEmpty() || asked.contains(value);
  }

  /// The same text for queries that ask for the same rows in the same order, wherever they begin,
  /// and for no others.
  String canonical() {
    var rows = new TreeMap<>(values);
    rows.remove("cursor");
    rows.remove("limit");
    rows.replaceAll((_, all) -> all.stream().sorted().toList());
    return Wire.tree(rows).toString();
  }

  /// The same with where it begins and how far it goes.
  String whole() {
    return canonical() + Wire.tree(all("cursor")) + Wire.tree(all("limit"));
  }
}
