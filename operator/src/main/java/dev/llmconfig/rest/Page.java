package dev.llmconfig.rest;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A file of the page. It holds no data, so nobody needs to be signed in for it.
///
/// @param path behind the base path
/// @param packed with gzip, by whoever built the page
record Page(String path, Answer plain, Optional<Answer> packed) {

  private static final String HTML = "text/html; charset=utf-8";

  /// By the end of their names: what is missing here is not served as a guess.
  private static final Map<String, String> TYPES =
      Map.of(
          "css", "text/css; charset=utf-8",
          "html", HTML,
          "ico", "image/x-icon",
          "js", "text/javascript; charset=utf-8",
          "json", "application/json",
          "png", "image/png",
          "svg", "image/svg+xml",
          "txt", "text/plain; charset=utf-8",
          "webmanifest", "application/manifest+json",
          "woff2", "font/woff2");

  /// The door. Whoever has it must always ask whether it is still the same: it names the others.
  static Page door(String html) {
    var bytes = Buffer.buffer(html.getBytes(StandardCharsets.UTF_8));
    return new Page("", answer(200, HTML, "no-cache", bytes), Optional.empty());
  }

  /// What stands in the place of a page that was not built.
  static Page none(String sentence) {
    var bytes = Buffer.buffer((sentence + "\n").getBytes(StandardCharsets.UTF_8));
    return new Page(
        "", answer(404, String.valueOf(TYPES.get("txt")), "no-cache", bytes), Optional.empty());
  }

  /// Below `assets/` the name of a file changes with what is in it, so it may be kept for ever.
  static Page file(String path, byte[] plain, Optional<byte[]> packed) {
    var type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
    if (type == null) {
      throw new IllegalStateException(
          "nobody knows of what type the page's file %s is".formatted(path));
    }
    var kept = path.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache";
    return new Page(
        path,
        answer(200, type, kept, Buffer.buffer(plain)),
        packed.map(bytes ->
            answer(200, type, kept, Buffer.buffer(bytes)).with("Content-Encoding", "gzip")));
  }

  private static Answer answer(int status, String type, String kept, Buffer bytes) {
    return new Answer(
        status,
        Map.of(
            "Content-Type",
            type,
            "Cache-Control",
            kept,
            "Vary",
            "Accept-Encoding",
            Answer.ETAG,
            "\"%s\"".formatted(Digest.of(bytes.getBytes()))),
        List.of(),
        bytes);
  }

  /// As it is, or that it has not changed.
  ///
  /// @param unpacks whether the caller can unpack gzip
  Answer to(List<String> ifNoneMatch, boolean unpacks) {
    var answer = unpacks ? packed.orElse(plain) : plain;
    var etag = answer.headers().getOrDefault(Answer.ETAG, "");
    // A proxy that packs or unpacks on the way makes the state a weak one.
    var known =
        ifNoneMatch.contains("*")
            || ifNoneMatch.contains(etag)
            || ifNoneMatch.contains("W/" + etag);
    return known && answer.status() == 200 ? answer.unchanged() : answer;
  }
}
