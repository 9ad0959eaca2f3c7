package dev.llmconfig.guest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Everything that one manager has, in the notation `FieldsV1`: `f:` and the name of a field, `k:`
/// and the keys of a list's element. A node without children, or with the child `.`, is a member
/// itself.
record FieldSet(FieldManager manager, ObjectNode root) {

  private static final String FIELD = "f:";
  private static final String ITEM = "k:";
  private static final String ITSELF = ".";

  /// Values whose JSON has one form only, so that no key must be parsed to find them.
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./-]*");

  static FieldSet of(ManagedFieldsEntry entry) {
    return new FieldSet(
        FieldManager.of(entry),
        entry.getFieldsV1() == null ? Json.object() : Json.of(entry.getFieldsV1()));
  }

  /// The members at this place and below it. What is claimed above it is not asked: who declares an
  /// empty list has the list, and others may put into it what they like.
  List<FieldPath> members(FieldPath place) {
    JsonNode node = root;
    for (FieldPath.Step step : place.steps()) {
      Optional<String> key = key(node, step);
      if (key.isEmpty()) {
        return List.of();
      }
      node = node.get(key.get());
    }
    var members = new ArrayList<FieldPath>();
    collect(place, node, members);
    return members;
  }

  /// The same and these.
  FieldSet with(List<FieldPath> places) {
    ObjectNode more = root.deepCopy();
    places.forEach(place -> add(more, place.steps()));
    return new FieldSet(manager, more);
  }

  /// The same without what is at these places and below them.
  FieldSet without(List<FieldPath> places) {
    ObjectNode rest = root.deepCopy();
    places.forEach(place -> remove(rest, place.steps()));
    return new FieldSet(manager, rest);
  }

  boolean empty() {
    return root.isEmpty();
  }

  private static void collect(FieldPath place, JsonNode node, List<FieldPath> members) {
    if (!place.steps().isEmpty() && (node.isEmpty() || node.has(ITSELF))) {
      members.add(place);
    }
    node.properties()
        .forEach(child -> {
          if (!child.getKey().equals(ITSELF)) {
            collect(below(place, child.getKey()), child.getValue(), members);
          }
        });
  }

  private static FieldPath below(FieldPath place, String key) {
    if (key.startsWith(ITEM)) {
      for (Map.Entry<String, JsonNode> first : keys(key).properties()) {
        return place.item(first.getKey(), first.getValue().asText());
      }
    }
    return place.field(key.startsWith(FIELD) ? key.substring(FIELD.length()) : key);
  }

  private static void add(ObjectNode root, List<FieldPath.Step> steps) {
    ObjectNode node = root;
    boolean fresh = true;
    for (FieldPath.Step step : steps) {
      if (!fresh && node.isEmpty()) {
        node.putObject(ITSELF); // a member without children, which gets one now
      }
      Optional<String> found = key(node, step);
      fresh = found.isEmpty();
      node = node.withObjectProperty(found.orElseGet(() -> key(step)));
    }
    if (!node.isEmpty()) {
      node.putObject(ITSELF);
    }
  }

  private static void remove(ObjectNode node, List<FieldPath.Step> steps) {
    Optional<String> key = key(node, steps.getFirst());
    if (key.isEmpty()) {
      return;
    }
    if (steps.size() > 1 && node.get(key.get()) instanceof ObjectNode below) {
      boolean leaf = below.isEmpty();
      remove(below, steps.subList(1, steps.size()));
      // A node that has lost its last child would be a member: it goes as well.
      if (leaf || !below.isEmpty()) {
        return;
      }
    }
    node.remove(key.get());
  }

  private static Optional<String> key(JsonNode node, FieldPath.Step step) {
    return switch (step) {
      case FieldPath.Step.Field _ -> Optional.of(key(step)).filter(node::has);
      case FieldPath.Step.Item(_, var value) when PLAIN.matcher(value).matches() ->
          Optional.of(key(step)).filter(node::has);
      case FieldPath.Step.Item(var key, var value) ->
          node.propertyStream()
              .map(Map.Entry::getKey)
              .filter(text -> text.startsWith(ITEM) && keys(text).path(key).asText().equals(value))
              .findFirst();
    };
  }

  private static String key(FieldPath.Step step) {
    return switch (step) {
      case FieldPath.Step.Field(var name) -> FIELD + name;
      // Asked for thousands of times, and nearly always plain.
      case FieldPath.Step.Item(var key, var value) when PLAIN.matcher(value).matches() ->
          ITEM + "{\"" + key + "\":\"" + value + "\"}";
      case FieldPath.Step.Item(var key, var value) ->
          ITEM + Json.text(Json.object().put(key, value));
    };
  }

  private static ObjectNode keys(String item) {
    return Json.parsed(item.substring(ITEM.length()));
  }
}
