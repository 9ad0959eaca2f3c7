package dev.llmconfig.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import dev.llmconfig.testing.Kubectl;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What a person does with the chart, in a namespace of the strictest Pod Security level. Its pods
/// are simulated here.
@ExtendWith(ControlPlaneExtension.class)
class ReleaseIT {

  private static final List<String> VERBS =
      List.of(
          "get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "use");

  @TempDir Path folder;

  @Test
  void isInstalledUpgradedRolledBackAndTakenAway(ControlPlane plane) throws Exception {
    try (var kubectl = Kubectl.admin()) {
      kubectl.run(
          "label", "namespace", plane.namespace(), "pod-security.kubernetes.io/enforce=restricted");
      var release = Release.install(plane, folder, values("{}"));
      kubectl.apply(
          """
          apiVersion: llmconfig.dev/v1alpha1
          kind: ApiKeyConfig
          metadata: {name: live, namespace: %s}
          spec: {provider: Echo}
          """
              .formatted(plane.namespace()));
      var live = live(plane);
      people(plane, kubectl);

      release.helm("upgrade", values("{replicas: 2, playground: {basePath: /llm/}}"));
      assertThat(args(plane)).contains("--replicas=2");
      assertThat(
              plane
                  .admin()
                  .client()
                  .policy()
                  .v1()
                  .podDisruptionBudget()
                  .inNamespace(plane.namespace())
                  .withName("llm")
                  .get())
          .isNotNull();
      assertThat(live(plane)).isEqualTo(live);

      release.about("rollback", "1", "--wait", "--timeout=120s");
      assertThat(args(plane)).contains("--replicas=1");
      assertThat(live(plane)).isEqualTo(live);

      assertThat(release.about("uninstall"))
          .contains("kept due to the resource policy", "apikeyconfigs.llmconfig.dev");
      assertThat(live(plane)).isEqualTo(live);
      assertThat(
              kubectl.run(
                  "get",
                  "deploy,svc,sa,role,rolebinding,netpol,pdb,cm",
                  "-n",
                  plane.namespace(),
                  "-l",
                  "app.kubernetes.io/instance=llm",
                  "-o",
                  "name"))
          .doesNotContain("/llm");

      Release.install(plane, folder, values("{}"));
      assertThat(live(plane)).isEqualTo(live);
    }
  }

  /// A release names the Secrets of its values, and whoever may read the release reads nothing of
  /// them.
  @Test
  void nothingOfASecretIsInTheRelease(ControlPlane plane) throws IOException {
    var canaries =
        IntStream.range(0, 40)
            .mapToObj(at -> "key-%d: sk-canary-0123456789-%02d".formatted(at, at))
            .collect(Collectors.joining(", ", "{", "}"));
    try (var kubectl = Kubectl.admin()) {
      for (var name : List.of("ring-of-ours", "proxy-of-ours", "pull-of-ours")) {
        kubectl.apply(
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: %s, namespace: %s}
            stringData: %s
            """
                .formatted(name, plane.namespace(), canaries));
      }

      var release =
          Release.install(
              plane,
              folder,
              values(
                  """
                  imagePullSecrets: [{name: pull-of-ours}]
                  encryptionKey: {existingSecret: ring-of-ours}
                  playground:
                    auth:
                      trustedProxies: [10.0.0.0/8]
                      proxySecret: {existingSecret: proxy-of-ours}
                  """));

      var told =
          release.chart().helm().run("get", "all", "llm", "--namespace=" + plane.namespace())
              + kubectl.run("get", "deploy,rs,pod,cm,svc", "-n", plane.namespace(), "-o", "yaml");
      assertThat(told)
          .contains("kind: Pod", "ring-of-ours", "proxy-of-ours", "pull-of-ours")
          .doesNotContain("sk-canary");
    }
  }

  /// Whoever is bound to one of the three roles may exactly what is documented.
  private static void people(ControlPlane plane, Kubectl kubectl) {
    var read = Set.of("get", "list", "watch");
    var user = plane.namespace() + "-";
    for (var role : List.of("view", "edit", "chat")) {
      kubectl.run(
          "create",
          "rolebinding",
          role,
          "--clusterrole=llmconfig-" + role,
          "--user=" + user + role,
          "-n",
          plane.namespace());
    }
    assertThat(allowed(plane, user + "view", "apikeyconfigs")).isEqualTo(new TreeSet<>(read));
    assertThat(allowed(plane, user + "view", "modelconfigs")).isEqualTo(new TreeSet<>(read));
    assertThat(allowed(plane, user + "edit", "apikeyconfigs")).isEqualTo(new TreeSet<>(VERBS));
    assertThat(allowed(plane, user + "edit", "modelconfigs")).isEqualTo(new TreeSet<>(VERBS));
    assertThat(allowed(plane, user + "chat", "apikeyconfigs")).isEmpty();
    assertThat(allowed(plane, user + "chat", "modelconfigs"))
        .containsExactly("get", "list", "use", "watch");
    // Aggregation is the controller's work, a moment later.
    kubectl.run(
        "create",
        "rolebinding",
        "usual-view",
        "--clusterrole=view",
        "--user=" + user + "usual",
        "-n",
        plane.namespace());
    await("the cluster's own role to have it")
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            assertThat(allowed(plane, user + "usual", "modelconfigs"))
                .isEqualTo(new TreeSet<>(read)));
  }

  private static Set<String> allowed(ControlPlane plane, String user, String resource) {
    var allowed = new TreeSet<String>();
    for (var verb : VERBS) {
      var review =
          new SubjectAccessReviewBuilder()
              .withNewSpec()
              .withUser(user)
              .withNewResourceAttributes()
              .withNamespace(plane.namespace())
              .withGroup("llmconfig.dev")
              .withResource(resource)
              .withVerb(verb)
              .endResourceAttributes()
              .endSpec()
              .build();
      if (plane
          .admin()
          .client()
          .authorization()
          .v1()
          .subjectAccessReview()
          .create(review)
          .getStatus()
          .getAllowed()) {
        allowed.add(verb);
      }
    }
    return allowed;
  }

  private static String live(ControlPlane plane) {
    Crds.install(plane);
    var object =
        plane
            .admin()
            .client()
            .resources(ApiKeyConfig.class)
            .inNamespace(plane.namespace())
            .withName("live")
            .require();
    return object.getMetadata().getUid() + " " + object.getMetadata().getResourceVersion();
  }

  private static List<String> args(ControlPlane plane) {
    return plane
        .admin()
        .client()
        .apps()
        .deployments()
        .inNamespace(plane.namespace())
        .withName("llm")
        .require()
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .getFirst()
        .getArgs();
  }

  private static JsonNode values(String yaml) {
    return Yaml.documents(yaml).getFirst();
  }
}
