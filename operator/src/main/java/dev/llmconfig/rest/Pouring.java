package dev.llmconfig.rest;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends an answer that has no end yet, on the virtual thread that called.
record Pouring(Vertx vertx, Context loop, Reply reply, Door.Knock knock, Duration ping) {

  private static final Logger log = LoggerFactory.getLogger(Pouring.class);

  void of(Answer answer, Pour pour) {
    var response = reply.request().response();
    var sink = new EventSink(response, loop, knock.gone(), knock.requestId());
    var beat = vertx.setPeriodic(ping.toMillis(), _ -> loop.runOnContext(_ -> sink.keepAlive()));
    loop.runOnContext(_ -> reply.begin(answer));
    var whole = false;
    try {
      pour.into(sink);
      whole = !sink.left();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // this process ends
    } catch (RuntimeException unforeseen) {
      log.atError()
          .addKeyValue("requestId", knock.requestId())
          .setCause(unforeseen)
          .log("A stream failed");
    } finally {
      vertx.cancelTimer(beat);
      var ended = whole;
      loop.runOnContext(_ -> {
        if (ended && !response.closed()) {
          response.end();
        } else {
          // Without the mark of the end, so that nobody takes a part for the whole.
          reply.request().connection().close();
        }
      });
    }
  }
}
