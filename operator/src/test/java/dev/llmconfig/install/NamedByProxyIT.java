package dev.llmconfig.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.cli.RunningOperator;
import dev.llmconfig.cli.RunningSidecar;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Kubectl;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A proxy that has no tokens of the cluster to pass on, in front of both containers as the chart
/// starts them and under exactly the rights that it gives.
@ExtendWith(ControlPlaneExtension.class)
class NamedByProxyIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String SECRET = "what-only-the-proxy-knows";

  @TempDir Path folder;

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void whomTheProxyNamesReadsAndFromAnybodyElseANameIsNothing(ControlPlane plane) throws Exception {
    var space = plane.namespace();
    var release =
        Release.install(
            plane,
            folder,
            Yaml.documents(
                    """
                    watchNamespaces: [%s]
                    rbac: {people: false}
                    playground:
                      auth:
                        trustedProxies: [127.0.0.0/8]
                        proxySecret: {existingSecret: of-the-proxy}
                        nameOnly: true
                    """
                        .formatted(space))
                .getFirst());
    var mirror = Files.createDirectory(folder.resolve("mirror"));
    var run = Files.createDirectory(folder.resolve("run"));
    var secret = Files.writeString(folder.resolve("proxy-secret"), SECRET + "\n");
    var operatorFlags = new ArrayList<>(release.flags());
    operatorFlags.addAll(List.of("--data-dir", mirror.toString(), "--run-dir", run.toString()));
    // What is mounted in its container is elsewhere here.
    var sidecarFlags = release.sidecarFlags();
    sidecarFlags.put("--run-dir", run.toString());
    sidecarFlags.put("--proxy-secret-file", secret.toString());
    sidecarFlags.computeIfPresent(
        "--review-token-file", (_, file) -> file.replace("/run/llmconfig", run.toString()));
    plane.closedLater(Kubectl.admin()).apply(objects(space));
    var mark = plane.audit().mark();

    try (var _ =
            RunningOperator.start(
                plane, release.account(), "", operatorFlags.toArray(String[]::new));
        var sidecar = RunningSidecar.start(plane, mirror, sidecarFlags, Map.of())) {
      var key = "/api/config/api-keys/" + space + ".echo";
      await("jane to read")
          .atMost(SOON)
          .untilAsserted(() ->
              assertThat(ask(sidecar, key, "X-Forwarded-User", "jane", SECRET)).isEqualTo(200));
      assertThat(ask(sidecar, key, "X-Forwarded-User", "john", SECRET))
          .as("who has no right")
          .isEqualTo(403);
      assertThat(ask(sidecar, key, "X-Forwarded-User", "system:admin", SECRET))
          .as("a name of the system")
          .isEqualTo(401);
      assertThat(ask(sidecar, key, "X-Forwarded-User", "jane", "")).isEqualTo(401);
      assertThat(ask(sidecar, key, "X-Forwarded-User", "jane", "guessed")).isEqualTo(401);
      assertThat(ask(sidecar, key, "X-Nothing", "", "")).as("nobody at all").isEqualTo(401);
    }

    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(run.resolve("review-token"))))
        .isEqualTo("rw-------");
    var since = plane.audit().since(mark);
    var operator = since.only(request -> request.user().equals(release.user()));
    assertThat(operator.refused()).isEmpty();
    assertThat(Grants.used(operator)).contains(space + " serviceaccounts/token create");
    var reviewer = since.only(request -> request.user().equals(release.user() + "-review"));
    assertThat(reviewer.refused()).isEmpty();
    assertThat(Grants.used(reviewer)).containsExactly(" subjectaccessreviews create");
    assertThat(
            since
                .byUserAgent("llm-config-playground")
                .only(request -> !request.user().equals(release.user() + "-review")))
        .as("what the sidecar asked as itself")
        .isEmpty();
  }

  private int ask(RunningSidecar sidecar, String path, String header, String value, String secret)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + sidecar.port() + path))
            .header(header, value.isEmpty() ? "-" : value);
    if (!secret.isEmpty()) {
      request.header("x-llmconfig-proxy-secret", secret);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private static String objects(String space) {
    return """
    apiVersion: llmconfig.dev/v1alpha1
    kind: ApiKeyConfig
    metadata: {name: echo, namespace: %1$s}
    spec: {provider: Echo}
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata: {name: reads, namespace: %1$s}
    rules: [{apiGroups: [llmconfig.dev], resources: [apikeyconfigs], verbs: [get, list, watch]}]
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata: {name: reads, namespace: %1$s}
    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reads}
    subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: jane}]
    """
        .formatted(space);
  }
}
