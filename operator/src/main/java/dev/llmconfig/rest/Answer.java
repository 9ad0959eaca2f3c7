package dev.llmconfig.rest;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What is sent back.
///
/// @param cookies each a header `Set-Cookie`
record Answer(int status, Map<String, String> headers, List<String> cookies, Buffer body) {

  static final String ETAG = "ETag";
  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";

  Answer {
    headers = Map.copyOf(headers);
    cookies = List.copyOf(cookies);
  }

  static Answer json(Object shape) {
    return of(200, JSON, shape);
  }

  static Answer of(int status, Object shape) {
    return of(status, JSON, shape);
  }

  static Answer problem(Refusal refusal, String requestId) {
    var answer = of(refusal.reason().status(), PROBLEM, refusal.problem(requestId));
    var pause = refusal.pause();
    if (pause.isPresent()) {
      answer = answer.with("Retry-After", Long.toString(pause.get().toSeconds() + 1));
    }
    return refusal.reason().status() == 401
        ? answer.with("WWW-Authenticate", "Bearer realm=\"llmconfig\"")
        : answer;
  }

  static Answer unchanged(String etag) {
    return new Answer(304, Map.of(ETAG, etag), List.of(), Buffer.buffer());
  }

  /// Done, and there is nothing to show.
  static Answer done() {
    return new Answer(204, Map.of(), List.of(), Buffer.buffer());
  }

  Answer with(String header, String value) {
    var more = new TreeMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, cookies, body);
  }

  Answer setting(List<String> values) {
    return new Answer(status, headers, values, body);
  }

  Answer holding(Buffer other) {
    return new Answer(status, headers, cookies, other);
  }

  private static Answer of(int status, String type, Object shape) {
    return new Answer(
        status, Map.of("Content-Type", type), List.of(), Buffer.buffer(Wire.bytes(shape)));
  }
}
