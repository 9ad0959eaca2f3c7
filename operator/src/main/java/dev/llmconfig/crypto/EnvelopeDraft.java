package dev.llmconfig.crypto;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// An envelope while it is read: everything is gathered, and judged once at the end, so that the
/// order of the fields does not matter.
final class EnvelopeDraft {

  static final int VERSION = 1;

  private final Map<String, String> texts = new HashMap<>();
  private Optional<SecretBytes> key = Optional.empty();
  private Optional<String> version = Optional.empty();
  private boolean unknownField;
  private boolean wrongType;
  private boolean somethingBehind;

  void put(String field, JsonParser json) throws IOException {
    JsonToken token = json.currentToken();
    switch (field) {
      case "llmconfig" ->
          version = Optional.of(token == JsonToken.VALUE_NUMBER_INT ? json.getText() : "none");
      case "for", "namespace", "name", "endpoint" -> {
        wrongType |= token != JsonToken.VALUE_STRING;
        texts.put(field, json.getText());
      }
      case "key" -> putKey(json);
      default -> unknownField = true;
    }
    json.skipChildren();
  }

  private void putKey(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      key =
          Utf8.encode(json.getTextCharacters(), json.getTextOffset(), json.getTextLength())
              .map(SecretBytes::taking);
    }
    wrongType |= key.isEmpty();
  }

  void endsHere(boolean end) {
    somethingBehind = !end;
  }

  TokenContent finish() {
    Optional<String> problem = problem();
    if (problem.isPresent()) {
      discard();
      return new TokenContent.Unreadable(problem.get());
    }
    return new TokenContent.Bound(
        new Envelope(
            purpose().orElseThrow(),
            text("namespace"),
            text("name"),
            text("endpoint"),
            key.orElseThrow()));
  }

  private Optional<String> problem() {
    if (version.isEmpty()) {
      return Optional.of("is JSON, but no envelope of ours");
    }
    if (!version.get().equals(Integer.toString(VERSION))) {
      return Optional.of("is an envelope of a version that this program does not know");
    }
    if (unknownField || somethingBehind) {
      return Optional.of("is an envelope with something in it that this program does not know");
    }
    if (wrongType || key.isEmpty() || texts.size() < 4) {
      return Optional.of("is an envelope that lacks a field, or has one of a wrong type");
    }
    return purpose().isEmpty()
        ? Optional.of("is an envelope for a purpose that this program does not know")
        : Optional.empty();
  }

  private Optional<Envelope.Purpose> purpose() {
    return Stream.of(Envelope.Purpose.values())
        .filter(purpose -> purpose.wire().equals(text("for")))
        .findFirst();
  }

  private String text(String field) {
    return texts.getOrDefault(field, "");
  }

  void discard() {
    key.ifPresent(SecretBytes::close);
  }
}
