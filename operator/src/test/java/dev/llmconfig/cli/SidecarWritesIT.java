package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.llmconfig.agent.AcmeProfile;
import dev.llmconfig.api.FieldManagers;
import dev.llmconfig.api.Labels;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.testing.Actor;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
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

      anAgentIsSeenAndRestarted(plane, rest, http, model);
      aProfileOfTheClusterIsKnown(plane, rest);

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

  /// It comes with the mirror, since the person may not read it.
  private static void aProfileOfTheClusterIsKnown(ControlPlane plane, Caller jane) {
    var space = plane.namespace();
    plane
        .admin()
        .client()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(space)
                .withName("profiles-of-ours")
                .addToLabels(Labels.PROFILES, "true")
                .endMetadata()
                .addToData(AcmeProfile.FILE, AcmeProfile.withModelIn("ACME_MODEL"))
                .build())
        .create();
    await("the profile in a preview")
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(
                    jane.ask(
                            "POST",
                            "/config/model-configs/preview",
                            """
                            {"namespace": "%s", "apiKeyRef": {"name": "echo"}, "model": "echo",
                             "profile": "acme"}
                            """
                                .formatted(space))
                        .json()
                        .path("env")
                        .findValuesAsText("name"))
                .contains("ACME_KEY", "ACME_MODEL"));
  }

  /// By who has a right on workloads, and by nobody else; and what a dry run says of it comes true.
  private static void anAgentIsSeenAndRestarted(
      ControlPlane plane, Caller jane, HttpClient http, String model) throws Exception {
    var space = plane.namespace();
    var deployments = plane.admin().client().apps().deployments().inNamespace(space);
    deployments
        .resource(
            new DeploymentBuilder()
                .withNewMetadata()
                .withName("chat")
                .addToLabels(Labels.MODEL_CONFIG, Labels.DEFAULT)
                .endMetadata()
                .withNewSpec()
                .withNewSelector()
                .addToMatchLabels("app", "chat")
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", "chat")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("agent")
                .withImage("registry.example/agent:1")
                .addNewEnv()
                .withName("OWN")
                .withValue(CANARY)
                .endEnv()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build())
        .create();
    var agent = "/agents/%s.Deployment.chat".formatted(space);
    await("the agent to have its settings")
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(jane.ask("GET", agent, "").json().at("/containers/0/env").toString())
                .contains("OPENAI_MODEL"));

    var refused = jane.ask("GET", agent + "/patch", "");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().path("verb").asText()).isEqualTo("get");
    assertThat(refused.json().path("resource").asText()).isEqualTo("deployments.apps");
    assertThat(refused.json().path("namespace").asText()).isEqualTo(space);
    assertThat(jane.ask("POST", agent + "/restart", "{}").status()).isEqualTo(403);

    var keeper =
        new Caller(
            http,
            jane.port(),
            plane.actor(
                "keeper",
                new PolicyRuleBuilder()
                    .withApiGroups("apps")
                    .withResources("deployments")
                    .withVerbs("get", "patch")
                    .build(),
                new PolicyRuleBuilder()
                    .withApiGroups("llmconfig.dev")
                    .withResources("modelconfigs")
                    .withVerbs("get", "list", "patch")
                    .build()));
    var patch = keeper.ask("GET", agent + "/patch", "");
    assertThat(patch.status()).isEqualTo(200);
    assertThat(patch.body()).contains("kind: \"Deployment\"", "OPENAI_MODEL", "name: \"chat\"");
    assertThat(patch.body()).contains("key: \"api-key\"");
    assertThat(patch.body()).doesNotContain("OWN", "registry.example");
    var late = keeper.ask("POST", agent + "/restart", "{}", "If-Match", "\"another.1.1\"");
    assertThat(late.status()).isEqualTo(412);
    assertThat(late.json().at("/current/id").asText()).isEqualTo(space + ".Deployment.chat");
    await("the mirror to show the workload as it is")
        .atMost(SOON)
        .untilAsserted(() -> {
          var etag = keeper.ask("GET", agent, "").etag();
          assertThat(keeper.ask("POST", agent + "/restart", "{}", "If-Match", etag).status())
              .isEqualTo(202);
        });
    var restarted = deployments.withName("chat").get();
    assertThat(restarted.getSpec().getTemplate().getMetadata().getAnnotations())
        .containsKey("kubectl.kubernetes.io/restartedAt");
    assertThat(restarted.getMetadata().getManagedFields())
        .anyMatch(entry -> FieldManagers.PLAYGROUND_ACTION.equals(entry.getManager()));

    var change = "{\"model\": \"echo-slow\"}";
    await("the preview to know how the agent is now")
        .atMost(SOON)
        .untilAsserted(() -> {
          var impact = keeper.ask("PATCH", model + "?dryRun=true", change, "If-Match", "*").json();
          assertThat(impact.path("restarts").asInt()).isEqualTo(1);
          assertThat(impact.at("/agents/0/id").asText()).isEqualTo(space + ".Deployment.chat");
          assertThat(impact.at("/agents/0/effect").asText()).isEqualTo("Restart");
        });
    assertThat(keeper.ask("PATCH", model, change, "If-Match", "*").status()).isEqualTo(200);
    await("the agent to be restarted with the other model")
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(keeper.ask("GET", agent + "/patch", "").body()).contains("echo-slow"));
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
