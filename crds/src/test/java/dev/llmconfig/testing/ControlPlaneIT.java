package dev.llmconfig.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ControlPlaneExtension.class)
class ControlPlaneIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final PolicyRule CONFIG_MAPS =
      new PolicyRuleBuilder()
          .withApiGroups("")
          .withResources("configmaps")
          .withVerbs("get", "list", "watch", "create", "update", "patch", "delete")
          .build();

  @Test
  void givesAFreshNamespace(ControlPlane plane) {
    var pods = plane.admin().client().pods().inNamespace(plane.namespace()).list().getItems();

    assertThat(plane.namespace()).startsWith("test-");
    assertThat(pods).isEmpty();
  }

  @Test
  void actorHasItsOwnRightsAndNoOthers(ControlPlane plane) {
    // Given
    var editor = plane.actor("editor", CONFIG_MAPS);

    // When
    var saved = editor.apply(configMap(plane, "settings", "a"));

    // Then
    assertThat(saved.getMetadata().getManagedFields())
        .allSatisfy(field -> assertThat(field.getManager()).isEqualTo("editor"));
    assertThatThrownBy(() -> editor.client().secrets().inNamespace(plane.namespace()).list())
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(403));
    assertThatThrownBy(() -> editor.client().configMaps().inNamespace("default").list())
        .isInstanceOf(KubernetesClientException.class);
  }

  @Test
  void clusterActorReachesOtherNamespaces(ControlPlane plane) {
    // Given
    var reader = plane.clusterActor("reader", CONFIG_MAPS);

    // When
    var authority =
        reader.client().configMaps().inNamespace("default").withName("kube-root-ca.crt").get();

    // Then
    assertThat(authority).isNotNull();
  }

  @Test
  void actorsConfigurationWorksInAnotherProcess(ControlPlane plane) {
    // Given
    var editor = plane.actor("editor", CONFIG_MAPS);
    var saved = editor.apply(configMap(plane, "settings", "a"));

    // When
    var config = Config.fromKubeconfig(editor.kubeconfig());

    // Then
    try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
      assertThat(client.resource(saved).get().getData()).containsEntry("key", "a");
      assertThatThrownBy(() -> client.secrets().inNamespace(plane.namespace()).list())
          .hasMessageContaining(editor.user());
    }
  }

  @Test
  void auditLogCountsRequestsOfAnActor(ControlPlane plane) {
    // Given
    var editor = plane.actor("editor", CONFIG_MAPS);
    editor.apply(configMap(plane, "before", "a"));
    var mark = plane.audit().mark();

    // When
    editor.apply(configMap(plane, "settings", "a"));
    editor.client().resource(configMap(plane, "settings", "a")).get();

    // Then
    var requests = plane.audit().since(mark);
    assertThat(requests.by(editor).count()).isEqualTo(2);
    assertThat(requests.by(editor).writes().on("configmaps"))
        .singleElement()
        .satisfies(write -> {
          assertThat(write.verb()).isEqualTo("patch");
          assertThat(write.name()).isEqualTo("settings");
        });
    assertThat(requests.byUserAgent("editor/").verb("get").count()).isEqualTo(1);
    assertThat(requests.by(editor).refused()).isEmpty();
  }

  @Test
  void frozenApiServerAnswersAgainAfterwards(ControlPlane plane) {
    // Given
    var impatient = plane.actor("impatient", CONFIG_MAPS);
    impatient.client().getConfiguration().setRequestTimeout(500);
    plane.apiServer().freeze();
    assertThatThrownBy(() -> impatient.apply(configMap(plane, "settings", "a")))
        .isInstanceOf(KubernetesClientException.class);

    // When
    plane.apiServer().resume();

    // Then
    impatient.client().getConfiguration().setRequestTimeout(10_000);
    assertThat(impatient.apply(configMap(plane, "settings", "b")).getData())
        .containsEntry("key", "b");
  }

  @Test
  void killedApiServerComesBackWithItsObjects(ControlPlane plane) {
    // Given
    plane.admin().apply(configMap(plane, "settings", "a"));

    // When
    plane.apiServer().kill();
    plane.apiServer().start();

    // Then
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .untilAsserted(() ->
            assertThat(plane.admin().client().resource(configMap(plane, "settings", "a")).get())
                .isNotNull());
  }

  @Test
  void simulatedPodsBecomeReadyUnlessTheyAreToldNotTo(ControlPlane plane) {
    // When
    plane.admin().apply(pod(plane.namespace(), "healthy", Map.of()));
    plane.admin().apply(pod(plane.namespace(), "broken", Map.of("simulate", "never-ready")));

    // Then
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(phase(plane, "healthy")).isEqualTo("Running"));
    assertThat(phase(plane, "broken")).isEqualTo("Pending");
  }

  private static String phase(ControlPlane plane, String name) {
    return plane
        .admin()
        .client()
        .resource(pod(plane.namespace(), name, Map.of()))
        .get()
        .getStatus()
        .getPhase();
  }

  static ConfigMap configMap(ControlPlane plane, String name, String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(plane.namespace())
        .endMetadata()
        .addToData("key", value)
        .build();
  }

  static Pod pod(String namespace, String name, Map<String, String> labels) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(namespace)
        .withLabels(labels)
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("main")
        .withImage("none")
        .endContainer()
        .endSpec()
        .build();
  }
}
