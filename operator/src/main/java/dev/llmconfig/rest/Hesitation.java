package dev.llmconfig.rest;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Ends connections on which nobody comes to ask anything: whoever sends a letter of a header now
/// and then is never idle, and would keep a connection for good.
final class Hesitation {

  private static final Duration LOOKS = Duration.ofSeconds(1);

  private final Map<HttpConnection, Connection> connections = new ConcurrentHashMap<>();
  private final Duration first;
  private final Duration next;

  /// @param first how long the first request is waited for, until all of its headers are there
  /// @param next the same of each that follows an answer
  Hesitation(Vertx vertx, Duration first, Duration next) {
    this.first = first;
    this.next = next;
    vertx.setPeriodic(Math.min(LOOKS.toMillis(), first.toMillis()), _ -> end());
  }

  private static final class Connection {
    private int open;
    private long until;

    synchronized void waits(Duration patience) {
      until = System.nanoTime() + patience.toNanos();
    }

    synchronized void asks() {
      open++;
    }

    synchronized void isAnswered(Duration patience) {
      open--;
      waits(patience);
    }

    synchronized boolean isOver() {
      return open <= 0 && System.nanoTime() - until > 0;
    }
  }

  void begins(HttpConnection connection) {
    var one = new Connection();
    one.waits(first);
    connections.put(connection, one);
    connection.closeHandler(_ -> connections.remove(connection));
  }

  /// All headers of a request are there.
  void asks(HttpServerRequest request) {
    var one = connections.get(request.connection());
    if (one != null) {
      one.asks();
      request.response().bodyEndHandler(_ -> one.isAnswered(next));
    }
  }

  private void end() {
    connections.forEach((connection, one) -> {
      if (one.isOver()) {
        connections.remove(connection);
        connection.close();
      }
    });
  }
}
