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
import dev.llmconfig.testing.Kubectl;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
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

/// The sidecar beside a running operator, asked by real users of the real API server.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class SidecarReadsIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String KEY = RunningOperator.newKey();
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final PolicyRule VIEW =
      new PolicyRuleBuilder()
          .withApiGroups("llmconfig.dev")
          .withResources("apikeyconfigs", "modelconfigs")
          .withVerbs("get", "list", "watch")
          .build();

  private static final String PROXY_SECRET = "what-only-the-proxy-knows";

  @TempDir Path data;

  private final HttpClient http = HttpClient.newHttpClient();
  private ControlPlane plane;
  private SidecarProcess sidecar;

  @BeforeEach
  void join(ControlPlane plane) throws Exception {
    this.plane = plane;
    Crds.install(plane);
    var kubeconfig = plane.admin().client().getConfiguration();
    var reviewer =
        plane.clusterActor(
            "reviewer",
            new PolicyRuleBuilder()
                .withApiGroups("authorization.k8s.io")
                .withResources("subjectaccessreviews")
                .withVerbs("create")
                .build());
    var token = data.resolve("review-token");
    Files.writeString(token, reviewer.client().getConfiguration().getOauthToken() + "\n");
    var secret = data.resolve("proxy-secret");
    Files.writeString(secret, PROXY_SECRET + "\n");
    var parsed =
        SidecarConfiguration.parse(
            Map.of(
                "--data-dir",
                data.toString(),
                "--listen",
                "127.0.0.1:0",
                "--health-listen",
                "127.0.0.1:0",
                "--trusted-proxies",
                "127.0.0.0/8",
                "--proxy-secret-file",
                secret.toString(),
                "--review-token-file",
                token.toString()),
            Map.of(),
            // Its credentials are those of an administrator, and must decide nothing.
            SidecarSurroundings.of(Map.of(), kubeconfig, data.resolve("none")));
    if (!(parsed instanceof Validated.Valid<SidecarConfiguration>(var configuration))) {
      throw new AssertionError(parsed);
    }
    sidecar = SidecarProcess.start(configuration);
  }

  @AfterEach
  void end() {
    sidecar.close();
    http.close();
  }

  @Test
  void eachUserReadsWhatTheirRightsAllowAndIsToldWhatTheyLack() throws Exception {
    var jane = plane.actor("jane", VIEW);
    var auditor = plane.clusterActor("auditor", VIEW);
    var stranger = plane.actor("stranger");
    assertThat(get("/readyz", jane, sidecar.healthPort()).statusCode())
        .as("there is no mirror yet")
        .isEqualTo(503);
    assertThat(json(get("/api/config/api-keys/a.b", auditor)).path("reason").asText())
        .isEqualTo("MirrorUnavailable");

    try (var _ =
        RunningOperator.start(
            plane, RunningOperator.account(plane), KEY, "--data-dir", data.toString())) {
      var space = plane.namespace();
      plane
          .closedLater(Kubectl.admin())
          .apply(
              """
              apiVersion: llmconfig.dev/v1alpha1
              kind: ApiKeyConfig
              metadata: {name: echo, namespace: %1$s}
              spec: {provider: Echo}
              ---
              apiVersion: llmconfig.dev/v1alpha1
              kind: ModelConfig
              metadata: {name: support, namespace: %1$s}
              spec: {apiKeyRef: {name: echo}, model: echo, isDefault: true}
              """
                  .formatted(space));
      await("the key to be shown as ready")
          .atMost(SOON)
          .untilAsserted(() ->
              assertThat(
                      json(get("/api/config/api-keys/" + space + ".echo", jane))
                          .path("state")
                          .asText())
                  .isEqualTo("Ready"));

      whoHasOnlyANameReads(space);

      var own = get("/api/config/api-keys", jane);
      assertThat(own.statusCode()).isEqualTo(200);
      assertThat(own.headers().firstValue("x-llmconfig-mirror-age")).isPresent();
      assertThat(json(own).path("items").findValuesAsText("id")).containsExactly(space + ".echo");
      assertThat(
              json(get("/api/config/model-configs?namespace=" + space, jane)).path("total").asInt())
          .isEqualTo(1);
      assertThat(json(get("/api/namespaces", jane)).path("items").findValuesAsText("name"))
          .contains(space);
      assertThat(json(get("/api/session", jane)).path("user").asText()).isEqualTo(jane.user());
      assertThat(
              json(get("/api/permissions?namespace=" + space, jane))
                  .at("/allowed/modelconfigs")
                  .toString())
          .isEqualTo("[\"get\",\"list\",\"watch\"]");

      assertThat(get("/api/permissions?namespace=", jane).statusCode()).isEqualTo(400);

      for (var path :
          new String[] {
            "/api/config/api-keys?namespace=kube-system", "/api/config/api-keys/kube-system.any"
          }) {
        var refused = get(path, jane);
        assertThat(refused.statusCode()).as(path).isEqualTo(403);
        assertThat(json(refused).path("resource").asText())
            .isEqualTo("apikeyconfigs.llmconfig.dev");
        assertThat(json(refused).path("verb").asText()).isIn("get", "list");
        assertThat(json(refused).path("namespace").asText()).isEqualTo("kube-system");
        assertThat(json(refused).path("detail").asText()).startsWith(jane.user());
      }
      var elsewhere = get("/api/config/api-keys/kube-system.any", auditor);
      assertThat(elsewhere.statusCode())
          .as("who may look is told that it is not there")
          .isEqualTo(404);
      assertThat(json(get("/api/config/api-keys", auditor)).path("total").asInt()).isEqualTo(1);

      assertThat(get("/api/config/api-keys", stranger).statusCode()).isEqualTo(403);
      assertThat(get("/api/providers", stranger).statusCode()).isEqualTo(200);
      assertThat(get("/api/config/api-keys", "").statusCode()).isEqualTo(401);
      assertThat(get("/api/config/api-keys", "of-another-cluster").statusCode()).isEqualTo(401);
      assertThat(get("/readyz", jane, sidecar.healthPort()).statusCode()).isEqualTo(200);
      assertThat(get("/metrics", jane, sidecar.healthPort()).body())
          .contains(
              "llmconfig_mirror_lag_seconds",
              "llmconfig_streams ",
              "llmconfig_rest_seconds_count{route=\"/providers\"}",
              "llmconfig_rest_requests_total{code=\"200\",route=\"/providers\"}",
              "llmconfig_rest_requests_total{code=\"401\",route=\"/config/api-keys\"}");
    }
  }

  /// The API server is asked about somebody whom it has never seen.
  private void whoHasOnlyANameReads(String space) throws Exception {
    var named = "named-" + space;
    assertThat(named(named, "/api/config/api-keys/" + space + ".echo").statusCode()).isEqualTo(403);
    plane
        .closedLater(Kubectl.admin())
        .apply(
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: named, namespace: %1$s}
            rules: [{apiGroups: [llmconfig.dev], resources: ['*'], verbs: ['*']}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: named, namespace: %1$s}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: named}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: group-of-%2$s}]
            """
                .formatted(space, named));
    await("the right to be known")
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(named(named, "/api/config/api-keys/" + space + ".echo").statusCode())
                .isEqualTo(200));
    assertThat(
            json(named(named, "/api/permissions?namespace=" + space))
                .at("/allowed/apikeyconfigs")
                .toString())
        .as("whatever their rights are")
        .isEqualTo("[\"get\",\"list\",\"use\"]");
    var secrets = named(named, "/api/secrets?namespace=" + space);
    assertThat(secrets.statusCode()).isIn(401, 403);
  }

  private HttpResponse<String> named(String user, String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(sidecar.port(), path)))
            .header("x-llmconfig-proxy-secret", PROXY_SECRET)
            .header("X-Forwarded-User", user)
            .header("X-Forwarded-Groups", "group-of-" + user)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path, Actor who) throws Exception {
    return get(path, String.valueOf(who.client().getConfiguration().getOauthToken()));
  }

  private HttpResponse<String> get(String path, String token) throws Exception {
    return get(path, token, sidecar.port());
  }

  private HttpResponse<String> get(String path, Actor who, int port) throws Exception {
    return get(path, String.valueOf(who.client().getConfiguration().getOauthToken()), port);
  }

  private HttpResponse<String> get(String path, String token, int port) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    return JSON.readTree(response.body());
  }
}
