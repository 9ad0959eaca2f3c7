package dev.llmconfig.provider.fake;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;

/// Sends an answer, spoilt as its fixture says.
final class Spoilt {

  private static final int MEGABYTE = 1024 * 1024;
  private static final Buffer BOMB = bomb();

  private final Vertx vertx;
  private final Duration late;

  Spoilt(Vertx vertx, Duration late) {
    this.vertx = vertx;
    this.late = late;
  }

  void send(HttpServerRequest request, Fault fault, String body) {
    HttpServerResponse response = request.response();
    switch (fault) {
      case None -> response.end(body);
      case LateHead -> vertx.setTimer(late.toMillis(), _ -> response.end(body));
      case CutBeforeHead -> request.connection().close();
      case CutInBody -> half(response, body, () -> request.connection().close());
      case StallInBody -> half(response, body, () -> {});
      case NineMegabytes -> pour(response, 9);
      case HundredMegabytes -> pour(response, 100);
      case GzipBomb -> response.putHeader("content-encoding", "gzip").end(BOMB);
      case HugeHead -> response.putHeader("x-huge", "h".repeat(MEGABYTE)).end(body);
      case Latin1 -> response.end(Buffer.buffer(body.getBytes(StandardCharsets.ISO_8859_1)));
      case Utf16 -> response.end(Buffer.buffer(body.getBytes(StandardCharsets.UTF_16)));
    }
  }

  private static void half(HttpServerResponse response, String body, Runnable then) {
    response.putHeader("content-length", String.valueOf(body.length()));
    response.write(body.substring(0, body.length() / 2)).onComplete(_ -> then.run());
  }

  /// A list that would be good, if it were not so long.
  private static void pour(HttpServerResponse response, int megabytes) {
    response.setChunked(true).write("{\"data\":[");
    pourMore(response, megabytes);
  }

  private static void pourMore(HttpServerResponse response, int megabytes) {
    if (response.closed()) {
      return;
    }
    if (megabytes == 0) {
      response.end("{\"id\":\"last\"}]}");
      return;
    }
    response
        .write("{\"id\":\"some-model\"},".repeat(MEGABYTE / 20))
        .onSuccess(_ -> pourMore(response, megabytes - 1));
  }

  private static Buffer bomb() {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      byte[] zeroes = new byte[MEGABYTE];
      for (int i = 0; i < 100; i++) {
        gzip.write(zeroes);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Buffer.buffer(packed.toByteArray());
  }
}
