package dev.llmconfig.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Takes an event stream apart, byte by byte, so that it does not matter how it was cut on its way.
/// Lines end with LF, CR or both. Comments, ids and unknown fields are passed over. An event whose
/// last blank line is missing at the end of the stream counts, since some servers forget it.
final class EventParser {

  /// No event of a chat comes near it; one that does is something else.
  static final int LARGEST_EVENT = 8 * 1024 * 1024;

  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private String name = "";
  private boolean anyData;
  private boolean firstLine = true;
  private boolean afterCarriageReturn;

  /// More than we hold for one event.
  static final class TooLarge extends Exception {
    private static final long serialVersionUID = 1L;

    TooLarge() {
      super("an event is larger than any of a chat", null, false, false);
    }
  }

  /// The events that are complete with these bytes.
  List<ServerEvent> feed(byte[] bytes) throws TooLarge {
    List<ServerEvent> complete = new ArrayList<>();
    int from = 0;
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] != '\n' && bytes[at] != '\r') {
        afterCarriageReturn = false;
        continue;
      }
      boolean secondHalf = bytes[at] == '\n' && afterCarriageReturn && at == from;
      afterCarriageReturn = bytes[at] == '\r';
      if (!secondHalf) {
        keep(bytes, from, at);
        endOfLine().ifPresent(complete::add);
      }
      from = at + 1;
    }
    keep(bytes, from, bytes.length);
    return complete;
  }

  /// What was left open when the stream ended.
  Optional<ServerEvent> end() {
    Optional<ServerEvent> last = line.size() == 0 ? Optional.empty() : endOfLine();
    return last.or(this::event);
  }

  private void keep(byte[] bytes, int from, int to) throws TooLarge {
    line.write(bytes, from, to - from);
    if (line.size() + data.size() > LARGEST_EVENT) {
      throw new TooLarge();
    }
  }

  private Optional<ServerEvent> endOfLine() {
    byte[] text = withoutMark(line.toByteArray());
    line.reset();
    firstLine = false;
    if (text.length == 0) {
      return event();
    }
    field(text);
    return Optional.empty();
  }

  private byte[] withoutMark(byte[] text) {
    boolean marked = firstLine && text.length >= MARK.length;
    for (int i = 0; marked && i < MARK.length; i++) {
      marked = text[i] == MARK[i];
    }
    return marked ? Arrays.copyOfRange(text, MARK.length, text.length) : text;
  }

  private void field(byte[] text) {
    int colon = 0;
    while (colon < text.length && text[colon] != ':') {
      colon++;
    }
    int value = Math.min(colon + 1, text.length);
    if (value < text.length && text[value] == ' ') {
      value++;
    }
    switch (new String(text, 0, colon, StandardCharsets.ISO_8859_1)) {
      case "data" -> {
        if (anyData) {
          data.write('\n');
        }
        anyData = true;
        data.write(text, value, text.length - value);
      }
      case "event" -> name = new String(text, value, text.length - value, StandardCharsets.UTF_8);
      default -> {} // a comment has no name, and the rest is of no use here
    }
  }

  private Optional<ServerEvent> event() {
    Optional<ServerEvent> event =
        anyData
            ? Optional.of(new ServerEvent(name, data.toString(StandardCharsets.UTF_8)))
            : Optional.empty();
    data.reset();
    anyData = false;
    name = "";
    return event;
  }
}
