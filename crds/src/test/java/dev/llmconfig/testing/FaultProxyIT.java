package dev.llmconfig.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ControlPlaneExtension.class)
class FaultProxyIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final PolicyRule CONFIG_MAPS =
      new PolicyRuleBuilder()
          .withApiGroups("")
          .withResources("configmaps")
          .withVerbs("get", "list", "watch", "create", "update", "patch", "delete")
          .build();

  private ControlPlane plane;
  private FaultProxy proxy;
  private Actor editor;

  @BeforeEach
  void editorBehindAProxy(ControlPlane given) {
    plane = given;
    proxy = plane.faultProxy();
    editor = plane.closedLater(plane.actor("editor", CONFIG_MAPS).through(proxy));
  }

  @Test
  void passesEverythingOnUnderTheCallersIdentity() {
    // Given
    var mark = plane.audit().mark();

    // When
    write("a");

    // Then
    assertThat(plane.audit().since(mark).by(editor).writes().count()).isEqualTo(1);
    assertThat(proxy.requests()).filteredOn(ProxiedRequest::write).hasSize(1);
    assertThatThrownBy(() -> editor.client().secrets().inNamespace(plane.namespace()).list())
        .isInstanceOf(KubernetesClientException.class);
  }

  @Test
  void firstWriteToEachObjectConflicts() {
    // Given
    proxy.faults().conflictOnFirstWrites();

    // When
    assertRefused(409);

    // Then
    assertThat(write("b").getData()).containsEntry("key", "b");
  }

  @Test
  void throttlesAsManyRequestsAsToldTo() {
    // Given
    proxy.faults().throttle(2);

    // When
    assertRefused(429);
    assertRefused(429);

    // Then
    assertThat(write("c").getData()).containsEntry("key", "c");
  }

  @Test
  void delaysEveryRequest() {
    // Given
    proxy.faults().delay(Duration.ofMillis(300));

    // When
    var began = System.nanoTime();
    write("a");

    // Then
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(299));
  }

  @Test
  void informerSurvivesDroppedAndExpiredWatches() {
    // Given
    var informer = informer();
    write("a");
    awaitValue(informer, "a");

    // When
    proxy.faults().expireWatches(2);
    proxy.watches().drop();
    write("b");

    // Then
    awaitValue(informer, "b");
  }

  @Test
  void deafWatchStaysOpenAndSaysNothing() {
    // Given
    var deaf = watch();
    await().atMost(SOON).until(() -> proxy.watches().count() == 1);
    proxy.watches().deafen();
    var healthy = watch();
    await().atMost(SOON).until(() -> proxy.watches().count() == 2);

    // When
    write("a");

    // Then
    await().atMost(SOON).untilAsserted(() -> assertThat(healthy).contains("a"));
    assertThat(deaf).isEmpty();
    assertThat(proxy.watches().count()).isEqualTo(2);
  }

  private ConfigMap write(String value) {
    return editor.apply(ControlPlaneIT.configMap(plane, "settings", value));
  }

  private void assertRefused(int status) {
    assertThatThrownBy(() -> write("refused"))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(status));
  }

  private SharedIndexInformer<ConfigMap> informer() {
    var informer =
        editor.client().configMaps().inNamespace(plane.namespace()).withName("settings").inform();
    plane.closedLater(informer::stop);
    return informer;
  }

  private void awaitValue(SharedIndexInformer<ConfigMap> informer, String value) {
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(informer.getStore().list())
                .singleElement()
                .satisfies(map -> assertThat(map.getData()).containsEntry("key", value)));
  }

  private List<String> watch() {
    var seen = new CopyOnWriteArrayList<String>();
    Watch watch =
        editor
            .client()
            .configMaps()
            .inNamespace(plane.namespace())
            .withName("settings")
            .watch(
                new Watcher<>() {
                  @Override
                  public void eventReceived(Action action, ConfigMap map) {
                    if (action != Action.BOOKMARK) {
                      seen.add(map.getData().get("key"));
                    }
                  }

                  @Override
                  public void onClose(WatcherException cause) {
                    seen.add("closed");
                  }
                });
    plane.closedLater(watch);
    return seen;
  }
}
