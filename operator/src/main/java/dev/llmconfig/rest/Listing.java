package dev.llmconfig.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// One page of a list. A page begins behind a row and not at a number, so what comes and goes in
/// between repeats and skips nothing.
///
/// @param total how many there are on all pages
/// @param next where the next page begins; empty on the last one
record Listing<T>(List<T> items, int total, Optional<String> next) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// How the rows of a list can be ordered.
  ///
  /// @param by the texts to compare, by the name that a query uses
  ///
  /// @param usual the one where none is asked for
  record Order<T>(Function<T, String> id, Map<String, Function<T, String>> by, String usual) {
    Order(Function<T, String> id, Map<String, Function<T, String>> by) {
      this(id, by, "name");
    }
  }

  private record Place(String key, String id) {}

  static <T> Listing<T> of(List<T> all, Order<T> order, Query query) {
    var sort = query.one("sort").orElse(order.usual());
    var down = sort.startsWith("-");
    var key = java.util.Objects.requireNonNull(order.by().get(down ? sort.substring(1) : sort));
    Function<T, Place> place = one -> new Place(key.apply(one), order.id().apply(one));
    var compare = Comparator.comparing(Place::key).thenComparing(Place::id);
    var directed = down ? compare.reversed() : compare;
    var after = query.one("cursor").map(cursor -> read(cursor, query));
    var rest =
        all.stream()
            .filter(one ->
                after.filter(last -> directed.compare(place.apply(one), last) <= 0).isEmpty())
            .sorted(Comparator.comparing(place, directed))
            .limit(query.limit() + 1L)
            .toList();
    var page = rest.subList(0, Math.min(rest.size(), query.limit()));
    return new Listing<>(
        page,
        all.size(),
        rest.size() > page.size()
            ? Optional.of(write(place.apply(page.getLast()), query))
            : Optional.empty());
  }

  /// The same page, of other items.
  <R> Listing<R> map(Function<T, R> shape) {
    return new Listing<>(items.stream().map(shape).toList(), total, next);
  }

  private static String write(Place last, Query query) {
    var parts = Wire.array().add(Digest.of(query.canonical())).add(last.key()).add(last.id());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Wire.bytes(parts));
  }

  private static Place read(String cursor, Query query) {
    return parsed(cursor)
        .filter(parts -> parts.path(0).asText().equals(Digest.of(query.canonical())))
        .map(parts -> new Place(parts.path(1).asText(), parts.path(2).asText()))
        .orElseThrow(() ->
            Refusal.of(
                ProblemReason.CursorInvalid,
                "The cursor is damaged, or comes from a list with another query."));
  }

  private static Optional<JsonNode> parsed(String cursor) {
    try {
      var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      return Optional.of(JSON.readTree(text)).filter(parts -> parts.isArray() && parts.size() == 3);
    } catch (JsonProcessingException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
