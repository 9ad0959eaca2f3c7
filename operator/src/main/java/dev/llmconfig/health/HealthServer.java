package dev.llmconfig.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// Serves the three addresses that kubelet, Prometheus and people ask. It is the JDK's own server:
/// three plain answers need no routing, and they must come while everything else in the process is
/// stuck.
public final class HealthServer implements AutoCloseable {

  private static final String PLAIN = "text/plain; charset=utf-8";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private HealthServer(HttpServer server) {
    this.server = server;
  }

  /// Port 0 takes a free one; [#address] tells which.
  ///
  /// @param alive what only a restart can mend where it is not so
  /// @param ready what must be so for the process to do its work
  public static HealthServer start(
      InetSocketAddress listen, List<Check> alive, List<Check> ready, Supplier<String> metrics)
      throws IOException {
    var health = new HealthServer(HttpServer.create(listen, 0));
    var liveness = List.copyOf(alive);
    var readiness = List.copyOf(ready);
    health.server.setExecutor(health.threads);
    health.server.createContext("/", exchange -> answer(exchange, 404, PLAIN, "not found\n"));
    health.server.createContext("/livez", exact("/livez", () -> liveness(liveness)));
    health.server.createContext("/readyz", exact("/readyz", () -> readiness(readiness)));
    health.server.createContext(
        "/metrics", exact("/metrics", () -> new Page(200, PROMETHEUS, metrics.get())));
    health.server.start();
    return health;
  }

  public InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static Page liveness(List<Check> checks) {
    var lines = new StringBuilder();
    return all(checks, lines) ? new Page(200, PLAIN, "ok\n") : new Page(503, PLAIN, lines);
  }

  private static Page readiness(List<Check> checks) {
    var lines = new StringBuilder();
    var ready = all(checks, lines);
    return new Page(ready ? 200 : 503, PLAIN, lines.append(ready ? "ready\n" : "not ready\n"));
  }

  /// A line for each, whatever the others say.
  private static boolean all(List<Check> checks, StringBuilder lines) {
    var all = true;
    for (var check : checks) {
      var answer = answered(check);
      all &= answer.ready();
      lines.append(answer.ready() ? "[+] " : "[-] ").append(check.name());
      lines.append(": ").append(answer.sentence()).append('\n');
    }
    return all;
  }

  /// Whoever asks must get an answer, and so must the other checks.
  private static Check.Answer answered(Check check) {
    try {
      return check.answer().get();
    } catch (RuntimeException failed) {
      return Check.Answer.notReady("this check failed: " + failed.getClass().getSimpleName());
    }
  }

  private static HttpHandler exact(String path, Supplier<Page> page) {
    return exchange -> {
      if (!exchange.getRequestURI().getPath().equals(path)) {
        answer(exchange, 404, PLAIN, "not found\n");
        return;
      }
      var shown = page.get();
      answer(exchange, shown.status, shown.contentType, shown.body);
    };
  }

  private static void answer(HttpExchange exchange, int status, String type, CharSequence body)
      throws IOException {
    try (exchange) {
      var method = exchange.getRequestMethod();
      if (!method.equals("GET") && !method.equals("HEAD")) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      var bytes = body.toString().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      if (method.equals("HEAD")) {
        exchange.sendResponseHeaders(status, -1);
        return;
      }
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private record Page(int status, String contentType, CharSequence body) {}
}
