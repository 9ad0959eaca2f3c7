package dev.llmconfig.testing;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// What happens to a request at the proxy.
sealed interface Verdict {

  record Pass() implements Verdict {}

  /// The connection ends without an answer.
  ///
  /// @param first whether the cut is here
  record Cut(boolean first) implements Verdict {}

  /// It is passed on, and the connection ends without an answer.
  record PassAndCut() implements Verdict {}

  /// An answer in the API server's place.
  record Answer(int status, Map<String, String> headers, String body) implements Verdict {

    static Answer status(int code, String reason) {
      return new Answer(code, Map.of(), statusObject(code, reason));
    }

    Answer with(String header, String value) {
      return new Answer(status, Map.of(header, value), body);
    }

    /// How a watch ends whose resource version is too old: inside a stream that began well.
    static Answer expired() {
      return new Answer(
          200, Map.of(), "{\"type\":\"ERROR\",\"object\":" + statusObject(410, "Expired") + "}\n");
    }

    void send(HttpExchange exchange) throws IOException {
      exchange.getRequestBody().readAllBytes();
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      headers.forEach(exchange.getResponseHeaders()::set);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }

    private static String statusObject(int code, String reason) {
      return """
      {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",\
      "message":"made by the fault proxy","reason":"%s","code":%d}\
      """
          .formatted(reason, code);
    }
  }
}
