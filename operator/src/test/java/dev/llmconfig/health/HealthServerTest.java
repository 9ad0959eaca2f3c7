package dev.llmconfig.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.health.Check.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthServerTest {

  private final AtomicReference<@Nullable Answer> leader = new AtomicReference<>(Answer.READY);
  private final AtomicReference<Answer> loop = new AtomicReference<>(Answer.READY);
  private final HttpClient client = HttpClient.newHttpClient();
  private HealthServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        HealthServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            List.of(new Check("loop", loop::get)),
            List.of(
                new Check("leader", () -> Objects.requireNonNull(leader.get())),
                new Check("other", () -> Answer.READY)),
            () -> "metric 1\n");
  }

  @AfterEach
  void stop() {
    server.close();
    client.close();
  }

  @Test
  void isReadyWhenEveryCheckIs() throws Exception {
    var answer = get("/readyz");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("[+] leader: ok\n[+] other: ok\nready\n");
  }

  @Test
  void saysWhichCheckFailsAndWhy() throws Exception {
    leader.set(Answer.notReady("no replica leads yet"));

    var answer = get("/readyz");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body())
        .contains("[-] leader: no replica leads yet\n")
        .endsWith("not ready\n");
  }

  @Test
  void aCheckThatBreaksIsAnAnswer() throws Exception {
    leader.set(null);

    var answer = get("/readyz");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body())
        .contains("[-] leader: this check failed: NullPointerException\n", "[+] other: ok\n");
  }

  @Test
  void whatOnlyARestartMendsEndsItAndSaysWhy() throws Exception {
    assertThat(get("/livez").body()).isEqualTo("ok\n");

    loop.set(Answer.notReady("it has not moved for 61 s"));

    assertThat(get("/livez").statusCode()).isEqualTo(503);
    assertThat(get("/livez").body()).isEqualTo("[-] loop: it has not moved for 61 s\n");
    assertThat(get("/readyz").statusCode()).isEqualTo(200);
  }

  @Test
  void staysAliveWhileItIsNotReady() throws Exception {
    leader.set(Answer.notReady("no"));

    assertThat(get("/livez").statusCode()).isEqualTo(200);
  }

  @Test
  void givesMetricsInThePrometheusFormat() throws Exception {
    var answer = get("/metrics");

    assertThat(answer.body()).isEqualTo("metric 1\n");
    assertThat(answer.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
  }

  @Test
  void knowsNothingElse() throws Exception {
    assertThat(get("/").statusCode()).isEqualTo(404);
    assertThat(get("/livez/more").statusCode()).isEqualTo(404);
    assertThat(get("/metricsandmore").statusCode()).isEqualTo(404);
  }

  @Test
  void takesNoOtherMethod() throws Exception {
    var answer =
        send(HttpRequest.newBuilder(uri("/livez")).POST(HttpRequest.BodyPublishers.ofString("x")));

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("allow")).hasValue("GET, HEAD");
  }

  @Test
  void answersHeadWithoutABody() throws Exception {
    var answer = send(HttpRequest.newBuilder(uri("/readyz")).HEAD());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
  }
}
