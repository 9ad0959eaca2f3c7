package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.testing.Actor;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A person with nothing but an HTTP client: adds a key, tests it, chooses a model, moves its
/// parameters, and takes everything away again.
@ExtendWith(ControlPlaneExtension.class)
class SidecarWritesIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String RING = RunningOperator.newKey();
  private static final String CANARY = "sk-proj-canary0123456789abcdefghijCANARY42";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path data;

  @Test
  void keysAndModelsLiveTheirWholeLifeOverHttp(ControlPlane plane) throws Exception {
    Crds.install(plane);
    var jane =
        plane.actor(
            "jane",
            new PolicyRuleBuilder()
                .withApiGroups("llmconfig.dev")
                .withResources("apikeyconfigs", "modelconfigs")
                .withVerbs("get", "list", "watch", "create", "update", "patch", "delete")
                .build());
    try (var _ =
            RunningOperator.start(
                plane, RunningOperator.account(plane), RING, "--data-dir", data.toString());
        var sidecar = SidecarProcess.start(configuration(plane));
        var http = HttpClient.newHttpClient()) {
      var rest = new Caller(http, sidecar.port(), jane);
      var space = plane.namespace();
      await("the mirror to be there")
          .atMost(SOON)
          .untilAsserted(() ->
              assertThat(rest.ask("GET", "/config/api-keys?namespace=" + space, "").status())
                  .isEqualTo(200));

      var refused =
          rest.ask(
              "POST",
              "/config/api-keys",
              """
              {"namespace": "%s", "provider": "OpenAI", "displayName": "%s"}
              """
                  .formatted(space, CANARY));
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.json().path("reason").asText()).isEqualTo("LooksLikeAKey");

      var key =
          rest.ask(
              "POST",
              "/config/api-keys",
              """
              {"namespace": "%s", "provider": "OpenAI", "displayName": "Team A", "key": " %s\\n",
               "verification": {"mode": "Disabled"}, "models": {"discovery": "Disabled"}}
              """
                  .formatted(space, CANARY));
      assertThat(key.status()).isEqualTo(201);
      assertThat(key.json().at("/warnings/0/reason").asText()).isEqualTo("KeyTrimmed");
      var id = space + ".openai-team-a";
      assertThat(key.json().path("id").asText()).isEqualTo(id);
      await("the operator to open what the sidecar has encrypted")
          .atMost(SOON)
          .untilAsserted(() ->
              assertThat(
                      rest.ask("GET", "/config/api-keys/" + id, "")
                          .json()
                          .path("maskedKey")
                          .asText())
                  .isEqualTo("sk-proj-***RY42"));

      assertThat(
              rest.ask(
                      "POST",
                      "/config/api-keys",
                      "{\"namespace\": \"%s\", \"name\": \"echo\", \"provider\": \"Echo\"}"
                          .formatted(space))
                  .status())
          .isEqualTo(201);
      await("the verdict of a test")
          .atMost(SOON)
          .untilAsserted(() ->
              assertThat(
                      rest.ask("POST", "/config/api-keys/" + space + ".echo/test", "{}")
                          .json()
                          .path("outcome")
                          .asText())
                  .isEqualTo("Accepted"));

      var selected = rest.ask("POST", "/config/models/%s.echo:echo/select".formatted(space), "{}");
      assertThat(selected.status()).isEqualTo(200);
      assertThat(selected.json().path("isDefault").asBoolean()).isTrue();
      var model = "/config/model-configs/" + selected.json().path("id").asText();
      await("the mirror to show it")
          .atMost(SOON)
          .untilAsserted(() ->
              assertThat(rest.ask("GET", model, "").json().path("isDefault").asBoolean()).isTrue());
      var etag = rest.ask("GET", model, "").etag();
      var parameters =
          "/config/models/%s/parameters".formatted(selected.json().path("id").asText());
      var changed = rest.ask("PUT", parameters, "{\"temperature\": 0.25}", "If-Match", etag);
      assertThat(changed.json().at("/parameters/temperature").asDouble()).isEqualTo(0.25);
      await("the mirror to show the parameters")
          .atMost(SOON)
          .untilAsserted(() ->
              assertThat(rest.ask("GET", model, "").json().at("/parameters/temperature").asDouble())
                  .isEqualTo(0.25));
      var late = rest.ask("PUT", parameters, "{\"temperature\": 1}", "If-Match", etag);
      assertThat(late.status()).isEqualTo(412);
      assertThat(late.json().at("/current/parameters/temperature").asDouble()).isEqualTo(0.25);

      assertThat(
              rest.ask("DELETE", "/config/api-keys/" + space + ".echo", "")
                  .json()
                  .path("configs")
                  .size())
          .isEqualTo(1);
      assertThat(rest.ask("DELETE", model, "").status()).isIn(202, 204);
      assertThat(rest.ask("DELETE", "/config/api-keys/" + id, "").status()).isIn(202, 204);
      await("the key to be gone")
          .atMost(SOON)
          .untilAsserted(() ->
              assertThat(rest.ask("GET", "/config/api-keys/" + id, "").status()).isEqualTo(404));
    }
  }

  private SidecarConfiguration configuration(ControlPlane plane) {
    var parsed =
        SidecarConfiguration.parse(
            Map.of(
                "--data-dir", data.toString(),
                "--listen", "127.0.0.1:0",
                "--health-listen", "127.0.0.1:0"),
            Map.of("ENCRYPTION_KEY", RING),
            SidecarSurroundings.of(
                Map.of(), plane.admin().client().getConfiguration(), data.resolve("none")));
    if (!(parsed instanceof Validated.Valid<SidecarConfiguration>(var configuration))) {
      throw new AssertionError(parsed);
    }
    return configuration;
  }

  private record Heard(int status, String etag, String body) {
    JsonNode json() throws Exception {
      return JSON.readTree(body);
    }
  }

  private record Caller(HttpClient http, int port, Actor who) {
    Heard ask(String method, String path, String body, String... headers) throws Exception {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/api%s".formatted(port, path)))
              .method(method, HttpRequest.BodyPublishers.ofString(body))
              .header("Authorization", "Bearer " + who.client().getConfiguration().getOauthToken())
              .header("Content-Type", "application/json");
      if (headers.length > 0) {
        request.headers(headers);
      }
      var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.body()).doesNotContain(CANARY);
      return new Heard(
          answer.statusCode(), answer.headers().firstValue("ETag").orElse(""), answer.body());
    }
  }
}
