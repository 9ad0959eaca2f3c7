package dev.llmconfig.rest;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.TreeMap;

/// What is sent back.
record Answer(int status, Map<String, String> headers, Buffer body) {

  static final String ETAG = "ETag";
  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";

  Answer {
    headers = Map.copyOf(headers);
  }

  static Answer json(Object shape) {
    return of(200, JSON, shape);
  }

  static Answer of(int status, Object shape) {
    return of(status, JSON, shape);
  }

  static Answer problem(Refusal refusal, String requestId) {
    var answer = of(refusal.reason().status(), PROBLEM, refusal.problem(requestId));
    return refusal.reason().status() == 401
        ? answer.with("WWW-Authenticate", "Bearer realm=\"llmconfig\"")
        : answer;
  }

  static Answer unchanged(String etag) {
    return new Answer(304, Map.of(ETAG, etag), Buffer.buffer());
  }

  /// Done, and there is nothing to show.
  static Answer done() {
    return new Answer(204, Map.of(), Buffer.buffer());
  }

  Answer with(String header, String value) {
    var more = new TreeMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, body);
  }

  private static Answer of(int status, String type, Object shape) {
    return new Answer(status, Map.of("Content-Type", type), Buffer.buffer(Wire.bytes(shape)));
  }
}
