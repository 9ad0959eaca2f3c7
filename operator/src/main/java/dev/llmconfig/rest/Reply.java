package dev.llmconfig.rest;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/// Sends an answer with what every answer has.
///
/// @param installation by what it is known
record Reply(HttpServerRequest request, Installation installation) {

  private static final String REQUEST_ID = "x-llmconfig-request-id";
  private static final int WORTH_PACKING = 1_000;
  private static final Pattern TAKES_GZIP =
      Pattern.compile(
          "(^|[ ,])gzip *(;q=(1|0\\.0{0,2}[1-9][0-9]*|0\\.[1-9][0-9]*|1\\.0+))? *(,|$)");

  private static final Map<String, String> ALWAYS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
              + " connect-src 'self'; form-action 'self'; base-uri 'self';"
              + " frame-ancestors 'none'; require-trusted-types-for 'script';"
              + " trusted-types dompurify",
          "X-Frame-Options",
          "DENY",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Vary",
          "Authorization, Cookie, Accept, Accept-Encoding",
          "Cache-Control",
          "private, no-cache");

  /// One for each request, however often it is asked for.
  static String requestId(HttpServerRequest request) {
    var headers = request.response().headers();
    if (!headers.contains(REQUEST_ID)) {
      headers.set(REQUEST_ID, RestServer.newRequestId());
    }
    return String.valueOf(headers.get(REQUEST_ID));
  }

  /// Packed where that is worth it and the client can unpack it.
  Answer packed(Answer answer) {
    if (answer.body().length() < WORTH_PACKING || !unpacks()) {
      return answer;
    }
    var packed = new ByteArrayOutputStream(answer.body().length() / 4);
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(answer.body().getBytes());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return answer.holding(Buffer.buffer(packed.toByteArray())).with("Content-Encoding", "gzip");
  }

  /// Whether the client says that it can.
  boolean unpacks() {
    return TAKES_GZIP.matcher(String.join(",", request.headers().getAll("Accept-Encoding"))).find();
  }

  /// On the event loop: what stands before the first piece of an answer that has no end yet.
  void begin(Answer answer) {
    var response = request.response();
    if (!response.ended() && !response.closed()) {
      head(answer);
      response.setChunked(true);
      response.writeHead();
    }
  }

  /// On the event loop.
  void send(Answer answer) {
    var response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    head(answer);
    if (answer.status() == 304 || answer.status() == 204) {
      response.end();
      return;
    }
    response.headers().set("Content-Length", Integer.toString(answer.body().length()));
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(answer.body());
    }
  }

  /// On the event loop: all of a problem but its end, for a request that is still being sent.
  void sendAhead(Answer answer) {
    var response = request.response();
    if (!response.ended() && !response.closed()) {
      head(answer);
      response.headers().set("Content-Length", Integer.toString(answer.body().length()));
      response.write(answer.body());
    }
  }

  private void head(Answer answer) {
    var response = request.response();
    requestId(request);
    ALWAYS.forEach(response.headers()::set);
    if (installation.overTls(String.valueOf(request.getHeader("Host")))) {
      response.headers().set("Strict-Transport-Security", "max-age=31536000");
    }
    answer.headers().forEach(response.headers()::set);
    if (!answer.cookies().isEmpty()) {
      response.headers().set("Set-Cookie", answer.cookies());
    }
    response.setStatusCode(answer.status());
  }
}
