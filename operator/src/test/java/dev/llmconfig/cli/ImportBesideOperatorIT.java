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

/// An operator tells of each object in its status as it changes, which is a new version of it each
/// time: no import is stopped by that.
@ExtendWith(ControlPlaneExtension.class)
class ImportBesideOperatorIT {

  private static final int PAIRS = 10;
  private static final int IMPORTS = 4;
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String RING = RunningOperator.newKey();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path data;

  @Test
  void twentyObjectsAreChangedWhileTheOperatorTellsOfThem(ControlPlane plane) throws Exception {
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
      await("the sidecar to know the namespace")
          .atMost(SOON)
          .untilAsserted(() ->
              assertThat(
                      imported(http, sidecar.port(), jane, objects(plane, 0))
                          .path("created")
                          .size())
                  .isEqualTo(2 * PAIRS));
      // Nobody waits for the operator in between.
      for (var number = 1; number <= IMPORTS; number++) {
        var changed = imported(http, sidecar.port(), jane, objects(plane, number));
        assertThat(changed.path("changed").size()).as("%s", changed).isEqualTo(2 * PAIRS);
      }
    }
  }

  private static String objects(ControlPlane plane, int number) {
    var yaml = new StringBuilder();
    for (var pair = 0; pair < PAIRS; pair++) {
      yaml.append(
          """
          ---
          apiVersion: llmconfig.dev/v1alpha1
          kind: ApiKeyConfig
          metadata: {name: key-%1$d, namespace: %3$s}
          spec: {provider: Echo, displayName: Number %2$d}
          ---
          apiVersion: llmconfig.dev/v1alpha1
          kind: ModelConfig
          metadata: {name: model-%1$d, namespace: %3$s}
          spec: {apiKeyRef: {name: key-%1$d}, model: echo, displayName: Number %2$d}
          """
              .formatted(pair, number, plane.namespace()));
    }
    return yaml.toString();
  }

  private static JsonNode imported(HttpClient http, int port, Actor who, String yaml)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/api/import".formatted(port)))
            .POST(HttpRequest.BodyPublishers.ofString(yaml))
            .header("Authorization", "Bearer " + who.client().getConfiguration().getOauthToken())
            .header("Content-Type", "application/yaml")
            .build();
    return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
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
}
