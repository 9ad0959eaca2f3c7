package dev.llmconfig.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;

/// Holds answers against the OpenAPI document: status, type, headers and body.
record Documented(JsonNode document) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// What HTTP itself says with any answer, and what keeps browsers safe with any of ours.
  private static final Set<String> OF_ALL =
      Set.of(
          "connection",
          "content-length",
          "content-type",
          "content-encoding",
          "transfer-encoding",
          "vary",
          "cache-control",
          "content-security-policy",
          "x-frame-options",
          "x-content-type-options",
          "referrer-policy",
          "cross-origin-opener-policy",
          "cross-origin-resource-policy",
          "strict-transport-security");

  /// A route as the document has it: literal paths go before those with an id.
  Optional<String> path(String target) {
    var asked = RawPath.path(target);
    return StreamSupport.stream(document.path("paths").properties().spliterator(), false)
        .map(one -> one.getKey())
        .sorted((one, other) -> Boolean.compare(one.contains("{"), other.contains("{")))
        .filter(one -> asked.matches(one.replace(".", "\\.").replace("{id}", "[^/]+")))
        .findFirst();
  }

  /// What it does not know of this answer; empty where it knows all.
  ///
  /// @param target below the base of the API
  List<String> problems(String method, String target, RestStage.Heard heard) {
    var path = path(target);
    if (path.isEmpty() || heard.status() == 405) {
      return List.of();
    }
    var head = method.equals("HEAD");
    var responses =
        document
            .path("paths")
            .path(path.get())
            .path(head ? "get" : method.toLowerCase(Locale.ROOT))
            .path("responses");
    var response = responses.path(Integer.toString(heard.status()));
    if (response.isMissingNode()) {
      return List.of("its status is not documented");
    }
    var wrong = new ArrayList<String>();
    for (var name : heard.headers().keySet()) {
      var known =
          OF_ALL.contains(name)
              || response.path("headers").properties().stream()
                  .anyMatch(one -> one.getKey().equalsIgnoreCase(name));
      if (!known) {
        wrong.add("its header %s is not documented".formatted(name));
      }
    }
    if (!head && heard.status() != 304 && heard.status() != 204) {
      wrong.addAll(body(response.path("content"), heard));
    }
    return wrong;
  }

  private List<String> body(JsonNode content, RestStage.Heard heard) {
    var type = heard.header("Content-Type");
    if (!content.has(type)) {
      return List.of("its type is not documented: " + type);
    }
    if (!type.endsWith("/json") && !type.endsWith("+json")) {
      return List.of();
    }
    try {
      return SchemaCheck.problems(
          document, content.path(type).path("schema"), JSON.readTree(text(heard)));
    } catch (JsonProcessingException wrong) {
      return List.of("its body is no JSON");
    }
  }

  private static String text(RestStage.Heard heard) {
    if (!heard.header("Content-Encoding").equals("gzip")) {
      return heard.body();
    }
    try (var in = new GZIPInputStream(new ByteArrayInputStream(heard.raw().getBytes()))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
