package dev.llmconfig.provider.fake;

import dev.llmconfig.provider.fake.Script.Ending;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// One playing of a script, and what became of it. No faster than the other side takes it.
public final class Performance {

  private final Vertx vertx;
  private final Script script;
  private final AtomicLong written = new AtomicLong();
  private final CountDownLatch gone = new CountDownLatch(1);

  Performance(Vertx vertx, Script script) {
    this.vertx = vertx;
    this.script = script;
  }

  /// How many bytes of the body have left us.
  public long written() {
    return written.get();
  }

  /// Whether the other side goes away, or has, within this time.
  public boolean goneWithin(long millis) throws InterruptedException {
    return gone.await(millis, TimeUnit.MILLISECONDS);
  }

  void play(HttpServerRequest request) {
    HttpServerResponse response = request.response().setStatusCode(script.status());
    script.headers().forEach(response::putHeader);
    response.setChunked(true);
    request.connection().closeHandler(_ -> gone.countDown());
    response.exceptionHandler(_ -> {});
    next(request, 0);
  }

  private void next(HttpServerRequest request, int at) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return;
    }
    int last = script.pieces().size() - 1;
    if (at > last && !(script.endlessly() && last >= 0)) {
      end(request);
      return;
    }
    Buffer piece = script.pieces().get(Math.min(at, last)).copy();
    response
        .write(piece)
        .onSuccess(_ -> {
          written.addAndGet(piece.length());
          // Not from here: an endless script would be one endless call.
          vertx.runOnContext(_ -> next(request, at + 1));
        });
  }

  private void end(HttpServerRequest request) {
    if (script.ending() == Ending.Proper) {
      request.response().end();
    } else if (script.ending() == Ending.Cut) {
      request.connection().close();
    }
  }
}
