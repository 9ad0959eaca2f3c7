package dev.llmconfig.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A parameter of a query.
///
/// @param several whether it may be given more than once
/// @param required whether the route can do nothing without it
record Parameter(String name, String description, Kind kind, boolean several, boolean required) {

  static final int USUAL_LIMIT = 100;
  static final int MOST = 500;
  private static final Pattern AMOUNT = Pattern.compile("^[0-9]{1,9}([.][0-9]{1,9})?$");

  Parameter(String name, String description, Kind kind, boolean several) {
    this(name, description, kind, several, false);
  }

  static Parameter requiredText(String name, String description) {
    return new Parameter(name, description, new Text(), false, true);
  }

  /// What it takes.
  sealed interface Kind {}

  record Text() implements Kind {}

  record Word(List<String> words) implements Kind {
    public Word {
      words = List.copyOf(words);
    }
  }

  record Whole(long least, long most) implements Kind {}

  /// Digits, with a point perhaps.
  record Amount() implements Kind {}

  static Parameter amount(String name, String description) {
    return new Parameter(name, description, new Amount(), false);
  }

  static Parameter text(String name, String description) {
    return new Parameter(name, description, new Text(), false);
  }

  static Parameter namespaces() {
    return new Parameter(
        "namespace", "Only these namespaces; absent for all that may be listed.", new Text(), true);
  }

  static Parameter words(String name, String description, Enum<?>... words) {
    return new Parameter(
        name, description, new Word(Stream.of(words).map(Enum::name).toList()), true);
  }

  static Parameter yes(String name, String description) {
    return new Parameter(name, description, new Word(List.of("true", "false")), false);
  }

  static Parameter whole(String name, String description) {
    return new Parameter(name, description, new Whole(0, Integer.MAX_VALUE), false);
  }

  /// Those that every list has.
  static Stream<Parameter> paging(List<String> sortable) {
    return Stream.of(
        text("q", "Only what holds this text."),
        new Parameter(
            "sort",
            "The order, a minus for the other way round; equal ones by id.",
            new Word(sortable.stream().flatMap(name -> Stream.of(name, "-" + name)).toList()),
            false),
        new Parameter("limit", "At most so many.", new Whole(1, MOST), false),
        text("cursor", "Where the page before ended."));
  }

  /// What is wrong with a value; empty where nothing is. The value is not repeated.
  Optional<String> problem(String value) {
    return switch (kind) {
      case Text _ ->
          value.length() > 1_000
              ? Optional.of("%s is longer than 1000 characters.".formatted(name))
              : Optional.empty();
      case Word(var words) ->
          words.contains(value)
              ? Optional.empty()
              : Optional.of("%s is none of %s.".formatted(name, String.join(", ", words)));
      case Amount _ ->
          AMOUNT.matcher(value).matches()
              ? Optional.empty()
              : Optional.of("%s is no amount, such as 0.25.".formatted(name));
      case Whole(var least, var most) ->
          value.matches("[0-9]{1,10}")
                  && Long.parseLong(value) >= least
                  && Long.parseLong(value) <= most
              ? Optional.empty()
              : Optional.of("%s is no whole number from %d to %d.".formatted(name, least, most));
    };
  }

  ObjectNode schema() {
    var one = JsonNodeFactory.instance.objectNode();
    switch (kind) {
      case Text _ -> one.put("type", "string").put("maxLength", 1_000);
      case Word(var words) -> {
        one.put("type", "string");
        words.forEach(one.putArray("enum")::add);
      }
      case Amount _ -> one.put("type", "string").put("pattern", AMOUNT.pattern());
      case Whole(var least, var most) ->
          one.put("type", "integer").put("minimum", least).put("maximum", most);
    }
    if (!several) {
      return one;
    }
    var all = JsonNodeFactory.instance.objectNode().put("type", "array");
    all.set("items", one);
    return all;
  }
}
