package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.provider.fake.FakeProvider;
import dev.llmconfig.provider.fake.Script;
import dev.llmconfig.testing.Actor;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import dev.llmconfig.testing.Kubectl;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// Somebody who may use one ModelConfig, and nothing else, talks to its model through the sidecar
/// beside a running operator.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class SidecarChatIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String SECRET = "sk-proj-Zx9Qw7Rt5Yp3Lk1Mn8Bv6Cd4Fg2Hj0";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path data;
  @TempDir Path run;

  private final HttpClient http = HttpClient.newHttpClient();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private ControlPlane plane;
  private FakeProvider fake;
  private SidecarProcess sidecar;

  @BeforeEach
  void join(ControlPlane plane) throws Exception {
    this.plane = plane;
    lines.start();
    root.addAppender(lines);
    fake = FakeProvider.start();
    Crds.install(plane);
    var kubeconfig = plane.admin().client().getConfiguration();
    var parsed =
        SidecarConfiguration.parse(
            Map.of(
                "--data-dir",
                data.toString(),
                "--run-dir",
                run.toString(),
                "--listen",
                "127.0.0.1:0",
                "--health-listen",
                "127.0.0.1:0"),
            Map.of(),
            SidecarSurroundings.of(Map.of(), kubeconfig, data.resolve("none")));
    if (!(parsed instanceof Validated.Valid<SidecarConfiguration>(var configuration))) {
      throw new AssertionError(parsed);
    }
    sidecar = SidecarProcess.start(configuration);
  }

  @AfterEach
  void end() {
    sidecar.close();
    fake.close();
    http.close();
    root.detachAppender(lines);
  }

  @Test
  void theVerbUseIsEnoughToChatAndTheKeyIsNowhere() throws Exception {
    var jane = plane.actor("jane", use("echo", "support"));
    var viewer =
        plane.actor(
            "viewer",
            new PolicyRuleBuilder()
                .withApiGroups("llmconfig.dev")
                .withResources("apikeyconfigs", "modelconfigs")
                .withVerbs("get", "list", "watch")
                .build());
    try (var _ =
        RunningOperator.start(
            plane,
            RunningOperator.account(plane),
            RunningOperator.newKey(),
            "--data-dir",
            data.toString(),
            "--run-dir",
            run.toString())) {
      var space = plane.namespace();
      plane.closedLater(Kubectl.admin()).apply(objects(space));
      await("both to be delivered, and the mirror to know it")
          .atMost(SOON)
          .untilAsserted(() -> {
            for (var config : new String[] {"echo", "support"}) {
              var shown = get(viewer, "/api/config/model-configs/" + space + "." + config);
              assertThat(json(shown).path("revision").asText())
                  .as(() -> shown.body())
                  .startsWith("m-");
            }
          });

      assertThat(ask(jane, space + ".echo", "Good morning").body())
          .contains("{\"t\":\"morning\"}", "event: done");
      fake.plays(
          "gpt-4o",
          Script.stream(
              "data: {\"choices\":[{\"delta\":{\"content\":\"Hello from afar\"}}]}\n\n",
              "data: [DONE]\n\n"));
      assertThat(ask(jane, space + ".support", "Hi").body())
          .contains("event: start", "Hello from afar", "event: done")
          .doesNotContain(SECRET);

      for (var model : new String[] {"support", "nothing"}) {
        var refused = ask(viewer, space + "." + model, "Hi");
        assertThat(refused.statusCode()).as(model).isEqualTo(403);
        assertThat(json(refused).path("verb").asText()).isEqualTo("use");
        assertThat(json(refused).path("resource").asText()).isEqualTo("modelconfigs.llmconfig.dev");
      }
      assertThat(ask(jane, space + ".openai:gpt-4o", "Hi").statusCode())
          .as("an offered model needs the verb on its key")
          .isEqualTo(403);

      var ring = run.resolve("keyring");
      var away = Files.move(ring, run.resolve("away"));
      assertThat(json(ask(jane, space + ".support", "Hi")).path("reason").asText())
          .isEqualTo("KeyRingMissing");
      Files.move(away, ring);
      assertThat(ask(jane, space + ".support", "Hi").body()).contains("Hello from afar");
    }
    assertThat(
            lines.list.stream().map(line -> line.getFormattedMessage() + line.getKeyValuePairs()))
        .noneMatch(line -> line.contains(SECRET));
  }

  private String objects(String space) {
    return """
    apiVersion: llmconfig.dev/v1alpha1
    kind: ApiKeyConfig
    metadata: {name: echo, namespace: %1$s}
    spec: {provider: Echo}
    ---
    apiVersion: llmconfig.dev/v1alpha1
    kind: ModelConfig
    metadata: {name: echo, namespace: %1$s}
    spec: {apiKeyRef: {name: echo}, model: echo}
    ---
    apiVersion: v1
    kind: Secret
    metadata:
      name: openai
      namespace: %1$s
      annotations: {llmconfig.dev/allowed-endpoints: "%2$s"}
    stringData: {OPENAI_API_KEY: %3$s}
    ---
    apiVersion: llmconfig.dev/v1alpha1
    kind: ApiKeyConfig
    metadata: {name: openai, namespace: %1$s}
    spec:
      provider: OpenAI
      endpoint: %2$s
      allowInsecureEndpoint: true
      secretRef: {name: openai}
      verification: {mode: Disabled}
      models: {discovery: Disabled}
    ---
    apiVersion: llmconfig.dev/v1alpha1
    kind: ModelConfig
    metadata: {name: support, namespace: %1$s}
    spec: {apiKeyRef: {name: openai}, model: gpt-4o}
    """
        .formatted(space, fake.url("/v1"), SECRET);
  }

  private static io.fabric8.kubernetes.api.model.rbac.PolicyRule use(String... configs) {
    return new PolicyRuleBuilder()
        .withApiGroups("llmconfig.dev")
        .withResources("modelconfigs")
        .withResourceNames(configs)
        .withVerbs("use")
        .build();
  }

  private HttpResponse<String> get(Actor who, String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + sidecar.port() + path))
            .header("Authorization", "Bearer " + who.client().getConfiguration().getOauthToken())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> ask(Actor who, String model, String text) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + sidecar.port() + "/api/chat"))
            .header("Authorization", "Bearer " + who.client().getConfiguration().getOauthToken())
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                        .formatted(model, text)))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    return JSON.readTree(response.body());
  }
}
