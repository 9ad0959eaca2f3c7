package dev.llmconfig.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.provider.ChatAnswer;
import dev.llmconfig.provider.Finding;
import dev.llmconfig.provider.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes pieces of the bytes of an answer. Whether they are events or one document is told from the
/// first of them and not from what was asked for or is declared: an error comes as a document where
/// events were asked for, and some servers stream whatever one asks.
final class AnswerReader {

  private static final int LARGEST_DOCUMENT = 8 * 1024 * 1024;
  private static final String LAST = "[DONE]";

  private enum Form {
    Unknown,
    Events,
    Document
  }

  private final ChatAnswer answer;
  private final ChatDialect dialect;
  private final EventParser parser = new EventParser();
  private final ByteArrayOutputStream document = new ByteArrayOutputStream();
  private Form form = Form.Unknown;
  private boolean finished;

  AnswerReader(ChatAnswer answer, ChatDialect dialect) {
    this.answer = answer;
    this.dialect = dialect;
  }

  /// Whether the model has said why it stopped.
  boolean finished() {
    return finished;
  }

  /// Empty while nothing is complete.
  Optional<Batch> read(byte[] bytes) {
    if (form != Form.Events) {
      document.writeBytes(bytes);
    }
    if (form == Form.Unknown) {
      form = form(document.toByteArray());
      if (form == Form.Events) {
        return events(document.toByteArray());
      }
    }
    if (form == Form.Events) {
      return events(bytes);
    }
    return document.size() > LARGEST_DOCUMENT
        ? Optional.of(Batch.broken(answer.whole(document.toByteArray(), true)))
        : Optional.empty();
  }

  /// The bytes have ended. What stands there may still be complete.
  Batch end() {
    if (form != Form.Events) {
      return document();
    }
    // Half an event is where the stream was cut, and not an answer that we do not know.
    Batch last = batch(parser.end().filter(AnswerReader::complete).stream().toList());
    if (last.broken().isPresent()) {
      return last;
    }
    List<Piece.Said> pieces = new ArrayList<>(last.pieces());
    if (finished) {
      pieces.add(new Piece.Ended());
      return Batch.of(pieces);
    }
    return new Batch(pieces, Optional.of(answer.ending(VerdictReason.ProviderUnavailable)));
  }

  /// After the last word it does not matter how the connection ends.
  Batch broken(Finding finding) {
    return finished ? Batch.of(List.of(new Piece.Ended())) : Batch.broken(finding);
  }

  private Optional<Batch> events(byte[] bytes) {
    try {
      List<ServerEvent> events = parser.feed(bytes);
      return events.isEmpty() ? Optional.empty() : Optional.of(batch(events));
    } catch (EventParser.TooLarge tooLarge) {
      return Optional.of(Batch.broken(answer.ending(VerdictReason.NotAnLLMEndpoint)));
    }
  }

  private Batch batch(List<ServerEvent> events) {
    List<Piece.Said> pieces = new ArrayList<>();
    for (ServerEvent event : events) {
      Optional<Finding> broken = add(event, pieces);
      if (broken.isPresent()) {
        return new Batch(pieces, broken);
      }
    }
    return Batch.of(pieces);
  }

  private Optional<Finding> add(ServerEvent event, List<Piece.Said> pieces) {
    String data = event.data().strip();
    if (data.isEmpty()) {
      return Optional.empty();
    }
    if (data.equals(LAST)) {
      pieces.add(new Piece.Ended());
      return Optional.empty();
    }
    Optional<JsonNode> json = Json.read(data);
    if (json.isEmpty()) {
      return Optional.of(answer.ending(VerdictReason.UnrecognisedAnswer));
    }
    return add(dialect.event(event.name(), json.get()), pieces);
  }

  private static boolean complete(ServerEvent event) {
    String data = event.data().strip();
    return data.equals(LAST) || Json.read(data).isPresent();
  }

  private Optional<Finding> add(List<Piece> read, List<Piece.Said> pieces) {
    for (Piece piece : read) {
      switch (piece) {
        case Piece.Failed(JsonNode error) -> {
          return Optional.of(answer.error(error));
        }
        case Piece.Spoilt() -> {
          return Optional.of(answer.ending(VerdictReason.UnrecognisedAnswer));
        }
        case Piece.Said said -> {
          finished |= said instanceof Piece.Finished;
          pieces.add(said);
        }
      }
    }
    return Optional.empty();
  }

  private Batch document() {
    byte[] bytes = document.toByteArray();
    Finding worth = answer.whole(bytes, false);
    Optional<JsonNode> json = Json.read(new String(bytes, StandardCharsets.UTF_8).strip());
    boolean good = worth.reason() == VerdictReason.KeyAccepted;
    if (!good || json.isEmpty() || json.get().hasNonNull("error")) {
      return Batch.broken(worth);
    }
    List<Piece.Said> pieces = new ArrayList<>();
    Optional<Finding> broken = add(dialect.whole(json.get()), pieces);
    return new Batch(pieces, broken);
  }

  private static Form form(byte[] opening) {
    for (byte one : opening) {
      switch (one) {
        case ' ', '\t', '\r', '\n', (byte) 0xef, (byte) 0xbb, (byte) 0xbf -> {} // white, or a mark
        case ':', 'd', 'e', 'i', 'r' -> { // a comment, or the name of a field
          return Form.Events;
        }
        default -> {
          return Form.Document;
        }
      }
    }
    return Form.Unknown;
  }
}
