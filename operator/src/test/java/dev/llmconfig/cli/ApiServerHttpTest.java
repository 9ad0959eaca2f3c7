package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A server that begins each watch and never says anything again.
@SuppressWarnings("NullAway.Init") // set before each test
class ApiServerHttpTest {

  private static final String LIST =
      """
      {"apiVersion": "v1", "kind": "ConfigMapList", "metadata": {"resourceVersion": "7"}, "items": []}
      """;

  private final List<String> watches = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;
  private KubernetesClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder()
                    .withAutoConfigure(false)
                    .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                    .withNamespace("here")
                    .withWatchReconnectInterval(10)
                    .withOnlyHttpWatches(true)
                    .build())
            .withHttpClientFactory(new ApiServerHttp(Duration.ofMillis(300)))
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void aWatchThatSaysNothingIsTakenUpAgainWhereItWas() {
    try (var _ = client.resources(ConfigMap.class).inNamespace("here").inform()) {
      await("another watch").until(() -> watches.size() > 1);
    }

    assertThat(watches).allSatisfy(query -> assertThat(query).contains("resourceVersion=7"));
  }

  /// Otherwise a quiet watch could not be told from a dead one.
  @Test
  void bookmarksAreAskedFor() {
    try (var _ = client.resources(ConfigMap.class).inNamespace("here").inform()) {
      await("a watch").until(() -> !watches.isEmpty());
    }

    assertThat(watches.getFirst()).contains("allowWatchBookmarks=true");
  }

  private void answer(HttpExchange exchange) throws IOException {
    var query = String.valueOf(exchange.getRequestURI().getQuery());
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    if (query.contains("watch=true")) {
      watches.add(query);
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().flush();
      return;
    }
    try (exchange) {
      var body = LIST.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
