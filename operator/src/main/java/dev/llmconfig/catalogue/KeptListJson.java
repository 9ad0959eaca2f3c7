package dev.llmconfig.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.EmptyListReason;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.provider.HarmlessText;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// A kept list as text: `{"models": {id: {day: {fact: value}}}}`, or the one word why there are
/// none. It is read as strictly as a provider's own answer, entry by entry (traps E13).
final class KeptListJson {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_MODELS = 10_000;
  private static final int LONGEST_NUMBER = 40;

  private static final String MODELS = "models";
  private static final String LEFT_OUT = "leftOut";
  private static final String EMPTY = "empty";
  private static final String UNREAD = "unread";

  /// By the type of a fact; other types are in no provider's list.
  private static final Map<Class<?>, Function<JsonNode, Optional<?>>> READERS =
      Map.of(
          Boolean.class, KeptListJson::yes,
          Long.class, KeptListJson::count,
          BigDecimal.class, KeptListJson::decimal,
          LocalDate.class, value -> day(value.asText()),
          String.class, value -> Optional.of(value.asText()).filter(HarmlessText::isModelName));

  private KeptListJson() {}

  static String write(KeptList list) {
    var root = JSON.createObjectNode();
    switch (list) {
      case KeptList.Listed(var models, var leftOut) -> {
        if (leftOut > 0) {
          root.put(LEFT_OUT, leftOut);
        }
        var written = root.putObject(MODELS);
        models.forEach((id, facts) -> put(written.putObject(id), facts));
      }
      case KeptList.Nothing(var reason) -> root.put(EMPTY, reason.name());
      case KeptList.Unread(var reason) -> root.put(UNREAD, reason.name());
    }
    return root.toString();
  }

  static Optional<KeptList> read(String text) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
    if (root.path(MODELS).isObject()) {
      return Optional.of(
          new KeptList.Listed(models(root.path(MODELS)), Math.max(0, root.path(LEFT_OUT).asInt())));
    }
    return word(EmptyListReason.class, root.path(EMPTY))
        .<KeptList>map(KeptList.Nothing::new)
        .or(() -> word(VerdictReason.class, root.path(UNREAD)).map(KeptList.Unread::new));
  }

  /// The first ids that fit, without facts; the catalogue knows most of those, too.
  static KeptList.Listed cut(KeptList.Listed list, int most) {
    var kept = new TreeMap<String, Facts>();
    var left = most - "{\"leftOut\":1234567890,\"models\":{}}".length();
    for (var id : list.models().keySet()) {
      left -= JSON.getNodeFactory().textNode(id).toString().length() + ":{},".length();
      if (left < 0) {
        break;
      }
      kept.put(id, Facts.none());
    }
    return new KeptList.Listed(kept, list.leftOut() + list.models().size() - kept.size());
  }

  private static void put(ObjectNode model, Facts facts) {
    facts.forEach((attribute, fact) ->
        fact.source()
            .asOf()
            .ifPresent(day -> put(model.withObjectProperty(day.toString()), attribute, fact)));
  }

  private static void put(ObjectNode ofDay, Attribute<?> attribute, Fact<?> fact) {
    switch (fact.value()) {
      case Boolean yes -> ofDay.put(attribute.name(), yes);
      case Long number -> ofDay.put(attribute.name(), number);
      case BigDecimal number -> ofDay.put(attribute.name(), number.toPlainString());
      case LocalDate day -> ofDay.put(attribute.name(), day.toString());
      case String word -> ofDay.put(attribute.name(), word);
      default -> {}
    }
  }

  private static SortedMap<String, Facts> models(JsonNode written) {
    var models = new TreeMap<String, Facts>();
    written.properties().stream()
        .filter(entry -> HarmlessText.isModelId(entry.getKey()))
        .limit(MOST_MODELS)
        .forEach(entry -> models.put(entry.getKey(), facts(entry.getValue())));
    return models;
  }

  private static Facts facts(JsonNode byDay) {
    var facts = Facts.none();
    for (var ofDay : byDay.properties()) {
      var day = day(ofDay.getKey());
      if (day.isPresent()) {
        for (var attribute : Attribute.ALL) {
          facts = with(facts, attribute, ofDay.getValue().path(attribute.name()), day.get());
        }
      }
    }
    return facts;
  }

  /// With one more fact, where both value and day are such.
  static <T> Facts with(Facts facts, Attribute<T> attribute, JsonNode value, String on) {
    return day(on).map(day -> with(facts, attribute, value, day)).orElse(facts);
  }

  private static <T> Facts with(Facts facts, Attribute<T> attribute, JsonNode value, LocalDate on) {
    return value(attribute, value)
        .map(known -> facts.with(attribute, known, Source.provider(on)))
        .orElse(facts);
  }

  private static <T> Optional<T> value(Attribute<T> attribute, JsonNode value) {
    return Optional.ofNullable(READERS.get(attribute.type()))
        .flatMap(reader -> reader.apply(value))
        .map(attribute.type()::cast);
  }

  private static Optional<Boolean> yes(JsonNode value) {
    return value.isBoolean() ? Optional.of(value.asBoolean()) : Optional.empty();
  }

  private static Optional<Long> count(JsonNode value) {
    return value.isIntegralNumber() && value.canConvertToLong() && value.asLong() > 0
        ? Optional.of(value.asLong())
        : Optional.empty();
  }

  /// Short texts only: a number with a large exponent is a gigabyte when it is written out.
  private static Optional<BigDecimal> decimal(JsonNode value) {
    var text = value.asText();
    return text.length() <= LONGEST_NUMBER && text.matches("\\d+(\\.\\d+)?")
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }

  private static Optional<LocalDate> day(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  private static <E extends Enum<E>> Optional<E> word(Class<E> words, JsonNode text) {
    return Stream.of(words.getEnumConstants())
        .filter(one -> one.name().equals(text.asText()))
        .findFirst();
  }
}
