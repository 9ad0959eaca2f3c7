package dev.llmconfig.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What goes over the wire, to an API server that is played.
@SuppressWarnings("NullAway.Init") // set before each test
class CallerClientsTest {

  private final Vertx vertx = Vertx.vertx();
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private int status = 201;

  @TempDir Path home;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          seen.add(
              exchange.getRequestURI().getPath()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization"));
          var body =
              "{\"status\":{\"allowed\":true,\"userInfo\":{\"username\":\"jane\",\"groups\":[\"dev\"]}}}"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void eachCallerIsAskedAboutWithTheirOwnToken() {
    try (var clients = clients()) {
      var review = new ApiServerReview(clients);

      assertThat(review.who(Caller.token("one"))).isEqualTo(new Person("jane", List.of("dev")));
      assertThat(review.may(Caller.token("two"), Right.of("list", "apikeyconfigs"))).isTrue();
    }

    assertThat(seen)
        .containsExactly(
            "/apis/authentication.k8s.io/v1/selfsubjectreviews Bearer one",
            "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews Bearer two");
  }

  @Test
  void aRefusedTokenIsNeverReplacedByTheCredentialsOfThisMachine() throws IOException {
    var kubeconfig = home.resolve("config");
    Files.writeString(
        kubeconfig,
        """
        apiVersion: v1
        kind: Config
        current-context: me
        contexts: [{name: me, context: {cluster: here, user: me}}]
        clusters: [{name: here, cluster: {server: "http://127.0.0.1:%d"}}]
        users: [{name: me, user: {token: token-of-this-machine, client-certificate-data: QQ==, client-key-data: QQ==}}]
        """
            .formatted(server.getAddress().getPort()));
    System.setProperty("kubeconfig", kubeconfig.toString());
    status = 401;
    try (var clients = clients()) {
      var review = new ApiServerReview(clients);

      assertThatThrownBy(() -> review.who(Caller.token("bad"))).isInstanceOf(TokenRejected.class);

      var config = api().with(Caller.token("bad"));
      assertThat(config.getClientCertData()).isNull();
      assertThat(config.getClientKeyData()).isNull();
      assertThat(config.getAutoConfigure()).isFalse();
    } finally {
      System.clearProperty("kubeconfig");
    }
    assertThat(seen).isNotEmpty().allMatch(line -> line.endsWith("Bearer bad"));
  }

  @Test
  void whatIsNeitherYesNorNoIsNoAnswer() {
    try (var clients = clients()) {
      var review = new ApiServerReview(clients);
      for (int code : List.of(429, 500, 503)) {
        status = code;
        assertThatThrownBy(() -> review.may(Caller.token("x"), Right.of("list", "apikeyconfigs")))
            .isExactlyInstanceOf(ReviewUnavailable.class)
            .hasMessageContaining("status " + code);
      }
      server.stop(0);
      assertThatThrownBy(() -> review.who(Caller.token("x"))).isInstanceOf(ReviewUnavailable.class);
    }
  }

  @Test
  void whatIsNotTakenOfOneCallerIsNoOutageForOthers() {
    try (var clients = clients()) {
      var review = new ApiServerReview(clients);
      for (int code : List.of(400, 403, 404, 422)) {
        status = code;
        assertThatThrownBy(() -> review.rules(Caller.token("x"), ""))
            .isInstanceOf(ReviewRefused.class)
            .hasMessageContaining("status " + code)
            .matches(refused -> ((ReviewRefused) refused).ofWhoAsks() == (code == 403));
      }
    }
  }

  @Test
  void norIsATokenOfOursThatIsMissingOrRefused() {
    var named = Caller.named("jane", List.of());
    var right = Right.of("list", "apikeyconfigs");
    try (var clients = clients()) {
      assertThatThrownBy(() -> new ApiServerReview(clients).may(named, right))
          .isInstanceOf(ReviewRefused.class)
          .matches(refused -> ((ReviewRefused) refused).ofWhoAsks());
    }
    try (var clients =
        new CallerClients(api(), Optional.empty(), () -> Optional.of("of-ours"), vertx)) {
      for (int code : List.of(401, 403)) {
        status = code;
        assertThatThrownBy(() -> new ApiServerReview(clients).may(named, right))
            .isInstanceOf(ReviewRefused.class)
            .matches(refused -> ((ReviewRefused) refused).ofWhoAsks());
      }
      status = 503;
      assertThatThrownBy(() -> new ApiServerReview(clients).may(named, right))
          .isExactlyInstanceOf(ReviewUnavailable.class);
    }
  }

  private CallerClients clients() {
    return new CallerClients(api(), vertx);
  }

  private ApiServer api() {
    return new ApiServer(
        "http://127.0.0.1:" + server.getAddress().getPort(), Optional.empty(), false);
  }
}
