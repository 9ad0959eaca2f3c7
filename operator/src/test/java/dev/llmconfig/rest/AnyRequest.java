package dev.llmconfig.rest;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// A request as it goes over the wire, byte for byte.
///
/// @param route of which the document says what there is
/// @param target below the base of the API
@SuppressWarnings("ArrayRecordComponent") // never compared
public record AnyRequest(
    String method, String route, String target, List<String> headers, byte[] body) {

  private static final int WHOLE = 4_000;

  public AnyRequest {
    headers = List.copyOf(headers);
  }

  /// As people name it.
  String operation() {
    return (method.equals("HEAD") ? "GET" : method) + " " + route;
  }

  /// Nobody reads what is too long to be a request, and ends the connection: with it an answer can
  /// be lost, which is TCP.
  boolean tooLong() {
    return target.length() + String.join("", headers).length() > 1 << 15;
  }

  /// Each byte as a character.
  String wire() {
    return "%s /api%s HTTP/1.1\r\n%s\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(
            method,
            target,
            String.join("\r\n", headers),
            body.length,
            new String(body, StandardCharsets.ISO_8859_1));
  }

  /// The same for whoever wants to see it again.
  String curl(int port) {
    var line = new StringBuilder("curl -sSi --path-as-is -g -X ").append(method);
    headers.forEach(
        header -> line.append(" -H ").append(quoted(header.getBytes(StandardCharsets.ISO_8859_1))));
    if (body.length > 0) {
      line.append(" --data-binary ").append(quoted(body));
    }
    return line.append(" ")
        .append(
            quoted(
                "http://127.0.0.1:%d/api%s"
                    .formatted(port, target)
                    .getBytes(StandardCharsets.ISO_8859_1)))
        .toString();
  }

  /// For bash; what is too long to be read ends with its length.
  private static String quoted(byte[] bytes) {
    var text = new StringBuilder("$'");
    for (int at = 0; at < Math.min(bytes.length, WHOLE); at++) {
      var one = bytes[at] & 0xff;
      if (one == '\'' || one == '\\') {
        text.append('\\').append((char) one);
      } else if (one < ' ' || one >= 0x7f) {
        text.append("\\x%02x".formatted(one));
      } else {
        text.append((char) one);
      }
    }
    return bytes.length > WHOLE
        ? text.append("'\"… %d bytes\"".formatted(bytes.length)).toString()
        : text.append("'").toString();
  }
}
