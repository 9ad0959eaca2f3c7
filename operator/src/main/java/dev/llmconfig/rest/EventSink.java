package dev.llmconfig.rest;

import dev.llmconfig.provider.transport.HangUp;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.Semaphore;

/// Events on their way to one reader. Who reads slowly makes the writer wait, so that nothing piles
/// up here; who reads nothing is let go with the connection. Written only on the event loop, waited
/// for only on a virtual thread.
final class EventSink {

  static final String TYPE = "text/event-stream";

  private static final int MOST_UNSENT = 64 * 1024;
  private static final Buffer STILL_THERE = Buffer.buffer(":\n\n");

  private final HttpServerResponse response;
  private final Context loop;
  private final HangUp gone;
  private final String requestId;
  private final Semaphore room = new Semaphore(MOST_UNSENT);

  EventSink(HttpServerResponse response, Context loop, HangUp gone, String requestId) {
    this.response = response;
    this.loop = loop;
    this.gone = gone;
    this.requestId = requestId;
    gone.follow(() -> room.release(MOST_UNSENT)); // whoever waits for room waits for nobody
  }

  /// One event.
  ///
  /// @return whether anybody still reads
  boolean send(String name, Object shape) throws InterruptedException {
    return send("", name, shape);
  }

  /// One event that can be gone on from.
  boolean send(String id, String name, Object shape) throws InterruptedException {
    return write(event(id, name, shape));
  }

  static Buffer event(String id, String name, Object shape) {
    var event = Buffer.buffer();
    if (!id.isEmpty()) {
      event.appendString("id: ").appendString(id).appendString("\n");
    }
    return event
        .appendString("event: ")
        .appendString(name)
        .appendString("\ndata: ")
        .appendBytes(Wire.bytes(shape))
        .appendString("\n\n");
  }

  boolean write(Buffer bytes) throws InterruptedException {
    var size = Math.min(bytes.length(), MOST_UNSENT);
    room.acquire(size);
    if (gone.happened()) {
      return false;
    }
    loop.runOnContext(_ -> {
      if (!response.closed()) { // what was said before everybody was sent away is still heard
        response.write(bytes).onComplete(_ -> room.release(size));
      }
    });
    return true;
  }

  String requestId() {
    return requestId;
  }

  /// Whether nobody reads any more.
  boolean left() {
    return gone.happened();
  }

  /// On the event loop. Proxies end connections on which nothing happens.
  void keepAlive() {
    if (!gone.happened() && room.availablePermits() == MOST_UNSENT) {
      response.write(STILL_THERE);
    }
  }
}
