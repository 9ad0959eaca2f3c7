package dev.llmconfig.provider.fake;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// An answer byte for byte, and how it ends. The first piece goes out with the head.
///
/// @param endlessly whether the last piece is sent again and again until nobody listens
public record Script(
    int status,
    Map<String, String> headers,
    List<Buffer> pieces,
    Ending ending,
    boolean endlessly) {

  public enum Ending {
    Proper,
    /// The connection is closed in the middle.
    Cut,
    /// The connection stays, and nothing comes.
    Silence
  }

  public static Script stream(String... pieces) {
    List<Buffer> buffers = new ArrayList<>();
    for (String piece : pieces) {
      buffers.add(Buffer.buffer(piece.getBytes(StandardCharsets.UTF_8)));
    }
    return new Script(
        200,
        Map.of("content-type", "text/event-stream", "x-request-id", "req_script"),
        List.copyOf(buffers),
        Ending.Proper,
        false);
  }

  public static Script document(int status, String body) {
    return stream(body).withStatus(status).with("content-type", "application/json");
  }

  public Script with(String header, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new Script(status, Map.copyOf(more), pieces, ending, endlessly);
  }

  public Script withStatus(int other) {
    return new Script(other, headers, pieces, ending, endlessly);
  }

  public Script ending(Ending other) {
    return new Script(status, headers, pieces, other, endlessly);
  }

  /// The last piece for ever.
  public Script forEver() {
    return new Script(status, headers, pieces, ending, true);
  }
}
