package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The ConfigMap that keeps a list, and what others do to it.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class KeptListIT {

  @TempDir Path folder;

  private ListStage stage;

  @BeforeEach
  void join(ControlPlane plane) throws IOException {
    stage = new ListStage(plane, folder);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void whatSomebodyWritesIntoTheListIsPutRightWithoutACall() throws Exception {
    try (var _ = stage.start(stage.data)) {
      stage.apply("edited", ListStage.GOOD, "");
      stage.awaitCount("edited", ListStage.MODELS);
      var before = stage.facts("edited");

      for (var theirs :
          List.of(
              "{\"data\":{\"models.json\":\"{\\\"models\\\":{\\\"theirs\\\":{}}}\"}}",
              "{\"data\":{\"models.json\":\"no list\"}}",
              "{\"data\":null}",
              "{\"data\":{\"ca.crt\":\"theirs\"}}",
              "{\"metadata\":{\"labels\":null}}",
              "{\"metadata\":{\"annotations\":{\"%s\":\"2099-01-01T00:00:00Z\"}}}"
                  .formatted(Annotations.ASKED_AT))) {
        stage.kubectl.run(
            "patch",
            "configmap",
            ManagedNames.factsConfigMap("edited"),
            "-n",
            stage.plane.namespace(),
            "--type=merge",
            "-p",
            theirs);

        await("it to be as before after " + theirs)
            .atMost(ListStage.SOON)
            .untilAsserted(() -> {
              var now = stage.facts("edited");
              assertThat(ListStage.content(now)).isEqualTo(before.getData());
              assertThat(now.getMetadata().getLabels()).isEqualTo(before.getMetadata().getLabels());
              assertThat(now.getMetadata().getAnnotations())
                  .isEqualTo(before.getMetadata().getAnnotations());
            });
      }
      stage.awaitCount("edited", ListStage.MODELS);
    }
    assertThat(stage.provider.seen()).hasSize(1);
  }

  @Test
  void anObjectOfSomebodyElseIsLeftAloneAndTheKeyWorks() throws Exception {
    var theirs =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace(stage.plane.namespace())
            .withName("taken-llmkey-facts")
            .endMetadata()
            .withData(Map.of("models.json", "theirs"))
            .build();
    var version = stage.client().resource(theirs).create().getMetadata().getResourceVersion();
    try (var _ = stage.start(stage.data)) {
      stage.apply("taken", ListStage.GOOD, "");

      stage.awaitNote("taken", "NameTaken");
      stage.awaitCount("taken", ListStage.MODELS);
      stage.awaitReason("taken", "Ready", "Verified");
    }
    var mark = stage.plane.audit().mark();
    try (var _ = stage.start(stage.data)) {
      stage.awaitTwoReconciles("taken", mark);
    }

    assertThat(stage.facts("taken").getMetadata().getResourceVersion()).isEqualTo(version);
    assertThat(stage.provider.seen()).hasSize(1);
    assertThat(stage.writes(mark)).isZero();
  }

  @Test
  void aListThatMayNotBeWrittenKeepsNoKeyFromBeingUsed() throws Exception {
    stage.account = stage.plane.actor("no-configmaps", ListStage.rightsWithoutCreatingConfigMaps());
    try (var _ = stage.start(stage.data)) {
      stage.apply("forbidden", ListStage.GOOD, "");

      stage.awaitNote("forbidden", "Forbidden");
      stage.awaitCount("forbidden", ListStage.MODELS);
      stage.awaitReason("forbidden", "Ready", "Verified");
      var mark = stage.plane.audit().mark();
      stage.awaitTwoReconciles("forbidden", mark);
      assertThat(stage.writes(mark)).isZero();
    }
    assertThat(stage.provider.seen()).hasSize(1);
  }

  @Test
  void aListThatSomebodyDeletesIsBackWithoutACall() throws Exception {
    try (var _ = stage.start(stage.data)) {
      stage.apply("deleted", ListStage.GOOD, "");
      stage.awaitCount("deleted", ListStage.MODELS);
      stage.awaitList(stage.reader, "deleted", ListStage.MODELS);
      var before = stage.facts("deleted");

      stage.client().resource(before).delete();

      await("the list to be back")
          .atMost(ListStage.SOON)
          .until(() ->
              stage
                  .find("deleted")
                  .filter(now -> !ListStage.uid(now).equals(ListStage.uid(before)))
                  .filter(now -> now.getData().equals(before.getData()))
                  .isPresent());
    }
    assertThat(stage.provider.seen()).hasSize(1);
  }

  @Test
  void deletingTheKeyTakesItsListAlong() throws Exception {
    try (var _ = stage.start(stage.data)) {
      stage.apply("gone", ListStage.GOOD, "");
      stage.awaitCount("gone", ListStage.MODELS);
      stage.awaitList(stage.reader, "gone", ListStage.MODELS);

      stage.kubectl.run("delete", "apikeyconfig", "gone", "-n", stage.plane.namespace());

      await("the ConfigMap to go").atMost(ListStage.SOON).until(() -> stage.find("gone").isEmpty());
      await("the row to go")
          .atMost(ListStage.SOON)
          .until(
              () -> stage.reader.<Boolean>read(view -> view.models(stage.ref("gone")).isEmpty()));
    }
  }
}
