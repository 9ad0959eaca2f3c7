package dev.llmconfig.provider.fake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// A request, understood.
record Asked(
    HttpServerRequest request,
    String path,
    FakeCall call,
    FakeDialect dialect,
    Optional<FakeKey> key,
    JsonNode body) {

  static Asked of(HttpServerRequest request, Buffer raw) {
    String path = Objects.requireNonNullElse(request.path(), "");
    return new Asked(
        request,
        path,
        FakeCall.of(request.method().name(), path),
        FakeDialect.of(path, request.headers().contains("anthropic-version")),
        FakeKey.in(request.headers()),
        json(raw));
  }

  boolean has(String parameter) {
    return request.params().contains(parameter);
  }

  boolean streams() {
    return body.path("stream").asBoolean() || path.endsWith(":streamGenerateContent");
  }

  /// The model that the body names, or else the path.
  String model() {
    String inBody = body.path("model").asText("");
    if (!inBody.isEmpty()) {
      return inBody;
    }
    int deployments = path.indexOf("/deployments/");
    int models = path.indexOf("/models/");
    String rest =
        deployments >= 0
            ? path.substring(deployments + 13).replaceFirst("/.*", "")
            : models >= 0 ? path.substring(models + 8) : "";
    return dialect == FakeDialect.Gemini ? rest.replaceFirst(":[A-Za-z]+$", "") : rest;
  }

  Seen seen() {
    Map<String, String> headers = new TreeMap<>();
    request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    FakeKey.HEADERS.forEach(headers::remove);
    return new Seen(
        request.method().name(),
        request.uri(),
        call,
        headers,
        key.map(FakeKey::header),
        key.map(FakeKey::id),
        body);
  }

  private static JsonNode json(Buffer raw) {
    try {
      return raw.length() == 0
          ? MissingNode.getInstance()
          : GoodAnswers.JSON.readTree(raw.toString());
    } catch (JsonProcessingException notJson) {
      return MissingNode.getInstance();
    }
  }
}
