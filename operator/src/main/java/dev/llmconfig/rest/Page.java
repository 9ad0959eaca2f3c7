package dev.llmconfig.rest;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/// The files of the page. They hold no data, so nobody needs to be signed in for them.
///
/// @param path behind the base path
record Page(String path, Answer answer) {

  static List<Page> all() {
    return List.of(
        of("", "index.html", "text/html; charset=utf-8"),
        of("page.css", "page.css", "text/css; charset=utf-8"),
        of("page.js", "page.js", "text/javascript; charset=utf-8"));
  }

  private static Page of(String path, String file, String type) {
    try (var in = Page.class.getResourceAsStream("page/" + file)) {
      if (in == null) {
        throw new IllegalStateException("the page has no " + file);
      }
      var bytes = in.readAllBytes();
      var etag = "\"" + Digest.of(bytes) + "\"";
      return new Page(
          path,
          new Answer(
              200,
              Map.of("Content-Type", type, Answer.ETAG, etag),
              List.of(),
              Buffer.buffer(bytes)));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /// As it is, or that it has not changed.
  Answer to(List<String> ifNoneMatch) {
    var etag = answer.headers().getOrDefault(Answer.ETAG, "");
    return ifNoneMatch.contains(etag) ? Answer.unchanged(etag) : answer;
  }
}
