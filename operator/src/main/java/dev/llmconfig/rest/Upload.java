package dev.llmconfig.rest;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.function.Consumer;

/// Takes in the body of a request, up to a measure and for a while.
final class Upload {

  private static final int LARGEST = 1024 * 1024;

  /// So much more is let go by, so that the client comes to read why.
  private static final long LET_GO = 128L * LARGEST;

  private final HttpServerRequest request;
  private final Runnable tooLarge;
  private final Buffer taken = Buffer.buffer();
  private long seen;
  private boolean refused;

  private Upload(HttpServerRequest request, Runnable tooLarge) {
    this.request = request;
    this.tooLarge = tooLarge;
  }

  /// On the event loop, before anything else could have read.
  ///
  /// @param tooLarge tells so and leaves the end of the answer open: with it the connection of a
  ///   client that wants it closed is cut, and one that still sends would not come to read why
  static void of(
      Vertx vertx,
      HttpServerRequest request,
      Duration limit,
      Consumer<Buffer> whole,
      Runnable tooLarge) {
    var upload = new Upload(request, tooLarge);
    var patience = vertx.setTimer(limit.toMillis(), _ -> request.connection().close());
    request.exceptionHandler(_ -> vertx.cancelTimer(patience));
    request.endHandler(_ -> {
      vertx.cancelTimer(patience);
      if (!upload.refused) {
        whole.accept(upload.taken);
      } else if (!request.response().ended()) {
        request.response().end();
      }
    });
    request.handler(upload::take);
    if (declared(request) > LARGEST) {
      upload.refuse();
    } else if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
      request.response().writeContinue();
    }
  }

  private static long declared(HttpServerRequest request) {
    try {
      return Long.parseLong(String.valueOf(request.getHeader("Content-Length")));
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  private void take(Buffer part) {
    seen += part.length();
    if (!refused && seen <= LARGEST) {
      taken.appendBuffer(part);
    } else if (!refused) {
      refuse();
    } else if (seen > LET_GO) {
      request.connection().close();
    }
  }

  private void refuse() {
    refused = true;
    wipe(taken);
    tooLarge.run();
  }

  static void wipe(Buffer body) {
    for (int at = 0; at < body.length(); at++) {
      body.setByte(at, (byte) 0);
    }
  }
}
