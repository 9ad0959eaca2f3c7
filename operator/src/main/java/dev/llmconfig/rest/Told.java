package dev.llmconfig.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.MirrorView;
import dev.llmconfig.mirror.ObjectKind;
import dev.llmconfig.rest.shape.Change;
import dev.llmconfig.rest.shape.Condition;
import dev.llmconfig.rest.shape.Note;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// What all objects tell in the same words.
final class Told {

  private static final int RECENT = 20;

  private Told() {}

  static String id(Ref ref) {
    return ref.namespace() + "." + ref.name();
  }

  static @Nullable String unlessEmpty(String text) {
    return text.isEmpty() ? null : text;
  }

  static List<Condition> conditions(ObjectNode status) {
    return list(status.path("conditions")).stream()
        .map(one ->
            new Condition(
                one.path("type").asText(),
                one.path("status").asText(),
                unlessEmpty(one.path("reason").asText()),
                unlessEmpty(one.path("message").asText()),
                unlessEmpty(one.path("lastTransitionTime").asText()),
                one.path("observedGeneration").isNumber()
                    ? one.path("observedGeneration").longValue()
                    : null))
        .toList();
  }

  static List<Note> notes(ObjectNode status) {
    return list(status.path("notes")).stream()
        .map(one ->
            new Note(
                unlessEmpty(one.path("reason").asText()),
                unlessEmpty(one.path("message").asText())))
        .toList();
  }

  static List<Change> changes(MirrorView view, ObjectKind kind, Ref ref) {
    return view.recentChanges(kind, ref, RECENT).stream()
        .map(change ->
            new Change(
                change.at().toString(),
                switch (change.operation()) {
                  case Create -> Change.Operation.Create;
                  case Update -> Change.Operation.Update;
                  case Delete -> Change.Operation.Delete;
                },
                unlessEmpty(change.manager())))
        .toList();
  }

  static List<JsonNode> list(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false).toList();
  }

  /// Whether a text that was typed is in one of these.
  static boolean found(Query query, @Nullable String... texts) {
    var wanted = query.one("q").orElse("").strip().toLowerCase(java.util.Locale.ROOT);
    for (var text : texts) {
      if (text != null && text.toLowerCase(java.util.Locale.ROOT).contains(wanted)) {
        return true;
      }
    }
    return wanted.isEmpty();
  }
}
