package dev.llmconfig.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;

/// Requests to every operation of our OpenAPI document, one after the other: what the document asks
/// for, what it forbids, and what it does not speak of. The same seed makes the same ones.
final class AnyRequests {

  private static final int MOST_TESTS = 2;
  private static final List<String> ETAGS =
      List.of(
          "*", "\"u1.1.1\"", "W/\"x\"", "\"\"", "k1", "\"a.99999999999999999999.1\"", ",,", "ü");
  private static final List<String> TYPES =
      List.of(
          "application/json",
          "application/merge-patch+json",
          "application/yaml",
          "text/plain",
          "text/html",
          "application/json; charset=utf-16",
          "",
          "/");
  private static final List<String> ACCEPTS =
      List.of(
          "*/*",
          "application/json",
          "application/yaml",
          "application/x-ndjson",
          "text/event-stream",
          "application/problem+json",
          "text/html",
          "application/json;q=0",
          "application/yaml;q=0.5, application/json;q=0.4",
          ";q",
          ",");

  private final JsonNode document;
  private final Documented documented;
  private final AnyWorld world;
  private final RandomGenerator random;
  private final List<Operation> operations = new ArrayList<>();
  private int next;
  private int tests;
  private boolean odd;

  private record Operation(String method, String path, JsonNode described) {}

  AnyRequests(JsonNode document, AnyWorld world, long seed) {
    this.document = document;
    this.documented = new Documented(document);
    this.world = world;
    this.random = new Random(seed);
    for (var path : document.path("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        operations.add(
            new Operation(
                operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue()));
      }
    }
  }

  int operations() {
    return operations.size();
  }

  AnyRequest next() {
    while (true) {
      var request = request(operations.get(next++ % operations.size()));
      if (!leftUnread(request) && !waits(request)) {
        return request;
      }
    }
  }

  /// A key that was tested a moment ago has to wait for its turn: that is seen often enough.
  private boolean waits(AnyRequest request) {
    return request.route().equals("/config/api-keys/{id}/test") && ++tests > MOST_TESTS;
  }

  /// A server that has no use for a request ends the connection while much of it is still on its
  /// way, and then an answer can be lost: that is TCP.
  private boolean leftUnread(AnyRequest request) {
    return request.body().length > 1 << 16
        && (!request.headers().contains("Host: localhost")
            || documented.path(request.target()).isEmpty()
            || !RawPath.plain(request.target())
            || request.target().contains("%zz")
            || request.wire().length() - request.body().length > 1 << 14);
  }

  /// Half of them are as they should be, so that what lies behind the door is seen, too.
  private AnyRequest request(Operation operation) {
    odd = random.nextBoolean();
    var headers = new ArrayList<String>();
    var query = new ArrayList<String>();
    var target = operation.path();
    headers.add(
        odd(20) ? "Host: " + AnyText.of(random).replaceAll("[^ -~]", "") : "Host: localhost");
    authorize(headers);
    for (var parameter : operation.described().path("parameters")) {
      var name = parameter.path("name").asText();
      var required = parameter.path("required").asBoolean();
      switch (parameter.path("in").asText()) {
        case "path" -> target = target.replace("{id}", id(operation.path()));
        case "query" -> {
          if (required ? !odd(8) : chance(4)) {
            query.add(name + "=" + encoded(value(parameter.path("schema"), name)));
          }
        }
        default -> {
          if (required ? !chance(6) : odd(3)) {
            headers.add(name + ": " + header(name));
          }
        }
      }
    }
    oddities(headers, query);
    var body = body(operation, headers);
    if (!odd) {
      headers.add(OpenApiHeaders.CSRF + ": 1");
      headers.add("Origin: http://localhost");
    }
    headers.add("Accept: " + (odd(3) ? one(ACCEPTS) : "*/*"));
    return new AnyRequest(
        operation.method().equals("GET") && chance(25) ? "HEAD" : operation.method(),
        operation.path(),
        target + (query.isEmpty() ? "" : "?" + String.join("&", query)),
        headers,
        body);
  }

  private void authorize(List<String> headers) {
    switch (odd ? random.nextInt(20) : 20) {
      case 0 -> {}
      case 1 -> headers.add("Authorization: Bearer nobody-knows-this");
      case 2 -> headers.add("Authorization: Basic cm9vdDpyb290");
      case 3 -> headers.add("Authorization: Bearer " + "x".repeat(20_000));
      case 4 -> headers.addAll(List.of("Authorization: Bearer a", "Authorization: Bearer b"));
      case 5, 6 -> headers.add("Authorization: Bearer " + world.powerless());
      default -> headers.add("Authorization: Bearer " + world.token());
    }
  }

  private String id(String path) {
    return switch (odd ? random.nextInt(6) : 6) {
      case 0 -> encoded(AnyText.of(random));
      case 1 -> world.namespace() + "." + encoded(AnyText.of(random));
      case 2 -> encoded(AnyText.of(random)) + ".some";
      case 3 ->
          one(List.of(".", "..", "a.", ".a", "agents.", "%2e%2e", "a%2Fb", "a;b", "~~", "a.%3A"));
      default ->
          one(
              world.ids().entrySet().stream()
                  .filter(one -> path.contains(one.getKey()))
                  .map(Map.Entry::getValue)
                  .findFirst()
                  .orElse(List.of(world.namespace() + ".some")));
    };
  }

  private String value(JsonNode schema, String name) {
    if (odd(4)) {
      return chance(30) ? "x".repeat(70_000) : AnyText.of(random);
    }
    if (schema.path("type").asText().equals("array")) {
      return value(schema.path("items"), name);
    }
    if (schema.has("enum")) {
      return one(schema.get("enum").valueStream().map(JsonNode::asText).toList());
    }
    if (schema.path("type").asText().equals("integer")) {
      var least = schema.path("minimum").asLong();
      var most = name.equals("minGeneration") && !chance(20) ? 1 : schema.path("maximum").asLong();
      return Long.toString(
          one(odd ? List.of(least - 1, most + 1) : List.of(least, least + 1, most)));
    }
    return name.equals("namespace") || name.equals("targetNamespace")
        ? world.namespace()
        : name.equals("id")
            ? one(one(List.copyOf(world.ids().values())))
            : one(List.of("some", "0.25", "OpenAI", "2026-11-20T12:00:00Z"));
  }

  private String header(String name) {
    return switch (name) {
      case "If-Match", "If-None-Match" -> odd ? one(ETAGS) : "*";
      case OpenApiHeaders.CSRF -> one(List.of("1", "0", "yes"));
      default -> AnyText.of(random).replaceAll("[^ -~]", "");
    };
  }

  /// What the document does not speak of.
  private void oddities(List<String> headers, List<String> query) {
    switch (odd ? random.nextInt(30) : 30) {
      case 0 -> query.add(encoded(AnyText.of(random)));
      case 1 -> query.add("%zz=1");
      case 2 -> query.add("limit=1&limit=2");
      case 3 -> query.add("Namespace=a");
      case 4 -> query.add("&&=");
      case 5 -> headers.add("If-Match: " + one(ETAGS));
      case 6 -> headers.add("If-None-Match: " + one(ETAGS));
      case 7 ->
          headers.add("Last-Event-ID: " + one(List.of("x", "-1", "1-1", "", "a-99999999999")));
      case 8 -> headers.add("Cookie: llmconfig_0a1b2c=x; llmconfig_0a1b2c_2=y; ;=;");
      case 9 -> headers.add("Cookie: " + "c=d; ".repeat(500));
      case 10 -> headers.add("Accept-Encoding: gzip");
      case 11 -> headers.add("Content-Encoding: gzip");
      case 12 -> headers.add("Origin: https://evil.example.com");
      case 13 -> headers.add("x-much: " + "x".repeat(60_000));
      case 14 ->
          headers.addAll(List.of("X-Forwarded-User: jane", "x-llmconfig-proxy-secret: guess"));
      case 15 -> headers.add("Range: bytes=0-1");
      case 16 -> headers.add("If-Modified-Since: yesterday");
      case 17 -> headers.add("X-HTTP-Method-Override: DELETE");
      default -> {}
    }
  }

  private byte[] body(Operation operation, List<String> headers) {
    var content = operation.described().at("/requestBody/content");
    if (content.isMissingNode()) {
      return odd(10) ? "{\"not\": \"asked for\"}".getBytes(StandardCharsets.UTF_8) : new byte[0];
    }
    var kind = one(List.copyOf(content.properties()));
    if (!odd(20)) {
      headers.add("Content-Type: " + (odd(8) ? one(TYPES) : kind.getKey()));
    }
    return new AnyBody(document, random, world.namespace(), odd).of(kind.getValue());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private boolean odd(int oneIn) {
    return odd && chance(oneIn);
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
