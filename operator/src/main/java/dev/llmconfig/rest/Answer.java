package dev.llmconfig.rest;

import dev.llmconfig.rest.shape.Problem;
import dev.llmconfig.store.Preview;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What is sent back.
///
/// @param cookies each a header `Set-Cookie`
/// @param pour what follows, for an answer that has no end yet
record Answer(
    int status,
    Map<String, String> headers,
    List<String> cookies,
    Buffer body,
    Optional<Pour> pour,
    List<Preview.Change> changes) {

  static final String ETAG = "ETag";
  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";

  Answer(int status, Map<String, String> headers, List<String> cookies, Buffer body) {
    this(status, headers, cookies, body, Optional.empty(), List.of());
  }

  Answer {
    headers = Map.copyOf(headers);
    cookies = List.copyOf(cookies);
    changes = List.copyOf(changes);
  }

  static Answer json(Object shape) {
    return of(200, JSON, shape);
  }

  static Answer of(int status, Object shape) {
    return of(status, JSON, shape);
  }

  static Answer yaml(String text) {
    return new Answer(200, Map.of("Content-Type", Accepted.YAML), List.of(), Buffer.buffer(text));
  }

  /// An object on each line.
  static Answer lines(List<?> shapes) {
    var body = Buffer.buffer();
    shapes.forEach(shape -> body.appendBytes(Wire.bytes(shape)).appendByte((byte) '\n'));
    return new Answer(200, Map.of("Content-Type", Accepted.LINES), List.of(), body);
  }

  static Answer problem(Refusal refusal, String requestId) {
    var answer = problem(refusal.problem(requestId), refusal.pause());
    return refusal.reason().status() == 401
        ? answer.with("WWW-Authenticate", "Bearer realm=\"llmconfig\"")
        : answer;
  }

  /// With a header where one should wait.
  ///
  /// @param pause how long to wait before it is worth another try
  static Answer problem(Problem problem, Optional<Duration> pause) {
    var answer = of(problem.status(), PROBLEM, problem);
    return pause.isPresent()
        ? answer.with("Retry-After", Long.toString(pause.get().toSeconds() + 1))
        : answer;
  }

  static Answer unchanged(String etag) {
    return new Answer(304, Map.of(ETAG, etag), List.of(), Buffer.buffer());
  }

  /// That this is still so, for those who have it.
  Answer unchanged() {
    var kept = new TreeMap<>(headers);
    kept.keySet().removeAll(List.of("Content-Type", "Content-Encoding"));
    return new Answer(304, kept, List.of(), Buffer.buffer());
  }

  /// Done, and there is nothing to show.
  static Answer done() {
    return new Answer(204, Map.of(), List.of(), Buffer.buffer());
  }

  /// Events until there are no more, or nobody reads them.
  static Answer streaming(Pour pour) {
    return new Answer(
        200,
        Map.of(
            "Content-Type",
            EventSink.TYPE,
            "Cache-Control",
            "no-store",
            // Some proxies keep back what comes until there is much of it.
            "X-Accel-Buffering",
            "no"),
        List.of(),
        Buffer.buffer(),
        Optional.of(pour),
        List.of());
  }

  Answer with(String header, String value) {
    var more = new TreeMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, cookies, body, pour, changes);
  }

  /// What was done, for those who keep a record of it; it is not sent.
  Answer tracing(List<Preview.Change> what) {
    return new Answer(status, headers, cookies, body, pour, what);
  }

  Answer setting(List<String> values) {
    return new Answer(status, headers, values, body, pour, changes);
  }

  Answer holding(Buffer other) {
    return new Answer(status, headers, cookies, other, pour, changes);
  }

  private static Answer of(int status, String type, Object shape) {
    return new Answer(
        status, Map.of("Content-Type", type), List.of(), Buffer.buffer(Wire.bytes(shape)));
  }
}
