package dev.llmconfig.rest;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Ends connections on which nobody comes to ask anything: whoever sends a letter of a header now
/// and then is never idle, and would keep a connection for good. When the server ends it lets
/// everybody go with an answer, since a connection that is kept and cut takes a question with it.
final class Hesitation {

  private static final Duration LOOKS = Duration.ofSeconds(1);

  /// Who keeps a connection busy asks again within this, and is told then that it ends.
  private static final Duration A_MOMENT = Duration.ofSeconds(1);

  private static final Duration SOON = Duration.ofMillis(20);

  private final Map<HttpConnection, Connection> connections = new ConcurrentHashMap<>();
  private final Duration first;
  private final Duration next;
  private volatile boolean ending;

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

    synchronized boolean isAsking() {
      return open > 0;
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
      var response = request.response();
      response.headersEndHandler(_ -> {
        if (ending) {
          response.putHeader("Connection", "close");
        }
      });
      response.bodyEndHandler(_ -> {
        one.isAnswered(next);
        if ("close".equals(response.headers().get("Connection"))) {
          request.connection().close();
        }
      });
    }
  }

  /// Every answer from now on is the last one of its connection. Comes back once nobody waits for
  /// one, and whoever kept a connection had a moment to ask; after this patience in any case.
  void lastAnswers(Duration patience) throws InterruptedException {
    ending = true;
    var began = System.nanoTime();
    while (!areGiven(Duration.ofNanos(System.nanoTime() - began), patience)) {
      Thread.sleep(SOON);
    }
  }

  private boolean areGiven(Duration since, Duration patience) {
    return connections.isEmpty()
        || since.compareTo(patience) >= 0
        || (since.compareTo(A_MOMENT) >= 0
            && connections.values().stream().noneMatch(Connection::isAsking));
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
