package dev.llmconfig.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A second address of the API server, plain HTTP on loopback, which passes everything on until it
/// is told to misbehave. It keeps the caller's token, so identities and rights stay as they are.
public final class FaultProxy implements AutoCloseable {
  static {
    // Without it every small answer waits for the client's acknowledgement, 40 ms each.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /// They belong to one connection and not to the request; the HTTP client refuses them.
  private static final Set<String> PER_CONNECTION =
      Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

  private final URI target;
  private final HttpClient client;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Faults faults = new Faults();
  private final OpenWatches watches = new OpenWatches();
  private final List<ProxiedRequest> requests = new CopyOnWriteArrayList<>();

  private FaultProxy(URI target, HttpClient client) throws IOException {
    this.target = target;
    this.client = client;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  static FaultProxy before(Config config) {
    try {
      var client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .sslContext(TrustedAuthority.sslContext(config.getCaCertData()))
              .build();
      return new FaultProxy(URI.create(config.getMasterUrl()), client);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /// What will go wrong from now on.
  public Faults faults() {
    return faults;
  }

  /// The watches that are open now.
  public OpenWatches watches() {
    return watches;
  }

  /// Every request that came in, answered by us or by the API server.
  public List<ProxiedRequest> requests() {
    return List.copyOf(requests);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request = ProxiedRequest.of(exchange);
      requests.add(request);
      switch (faults.judge(request)) {
        case Verdict.Answer answer -> answer.send(exchange);
        case Verdict.Pass() -> forward(exchange, request);
        case Verdict.Cut(boolean first) -> {
          if (first) {
            faults.atTheCut().run();
          }
          watches.drop();
        }
        case Verdict.PassAndCut() -> {
          try (var body = ask(exchange).body()) {
            body.readAllBytes();
          }
          faults.atTheCut().run();
          watches.drop();
        }
      }
    }
  }

  private void forward(HttpExchange exchange, ProxiedRequest request) throws IOException {
    var response = ask(exchange);
    response
        .headers()
        .map()
        .forEach((name, values) -> {
          if (!PER_CONNECTION.contains(name)) {
            exchange.getResponseHeaders().put(name, values);
          }
        });
    try (var body = response.body()) {
      if (request.watch() && response.statusCode() == 200) {
        exchange.sendResponseHeaders(200, 0);
        watches.pipe(body, exchange.getResponseBody());
      } else {
        sendWhole(exchange, response.statusCode(), body);
      }
    }
  }

  private static void sendWhole(HttpExchange exchange, int status, InputStream body)
      throws IOException {
    var bytes = body.readAllBytes();
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private HttpResponse<InputStream> ask(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody().readAllBytes();
    var request =
        HttpRequest.newBuilder(target.resolve(exchange.getRequestURI().toString()))
            .method(
                exchange.getRequestMethod(),
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (!PER_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
            values.forEach(value -> request.header(name, value));
          }
        });
    try {
      return client.send(request.build(), BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    watches.drop();
    server.stop(0);
    threads.shutdownNow();
    client.shutdownNow();
  }
}
