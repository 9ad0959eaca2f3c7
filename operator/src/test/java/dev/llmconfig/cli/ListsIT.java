package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.Labels;
import dev.llmconfig.mirror.KeyRow;
import dev.llmconfig.mirror.MirrorUnavailable;
import dev.llmconfig.mirror.MirrorView;
import dev.llmconfig.mirror.OfferedModels;
import dev.llmconfig.mirror.Position;
import dev.llmconfig.provider.fake.TlsFiles;
import dev.llmconfig.sqlite.ConfigReader;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Lists of models: the provider is asked for them once, and every replica has them.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class ListsIT {

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
  void everyReplicaHasTheListAndTheProviderWasAskedOnce() throws Exception {
    var second = Files.createDirectory(stage.folder.resolve("second"));
    try (var _ = stage.start(stage.data);
        var _ = stage.start(second);
        var others = ConfigReader.of(second)) {
      stage.apply("both", ListStage.GOOD, "");

      stage.awaitCount("both", ListStage.MODELS);
      stage.awaitList(stage.reader, "both", ListStage.MODELS);
      stage.awaitList(others, "both", ListStage.MODELS);
    }
    assertThat(stage.provider.seen()).hasSize(1);
    assertThat(stage.ids(stage.reader, "both")).contains("gpt-5-mini", "echo");
    assertThat(stage.facts("both").getMetadata().getLabels())
        .containsEntry(Labels.MANAGED_BY, Labels.OPERATOR)
        .containsEntry(Labels.API_KEY, "both")
        .containsKey(Labels.INSTALLATION);
  }

  @Test
  void aRestartAsksNobodyWritesNothingAndHasTheSameList() throws Exception {
    try (var _ = stage.start(stage.data)) {
      stage.apply("restarted", ListStage.GOOD, "");
      stage.awaitCount("restarted", ListStage.MODELS);
      stage.awaitList(stage.reader, "restarted", ListStage.MODELS);
    }
    var before = stage.ids(stage.reader, "restarted");
    stage.provider.forget();
    Files.delete(stage.data.resolve("config.db"));
    var mark = stage.plane.audit().mark();

    try (var _ = stage.start(stage.data)) {
      stage.awaitList(stage.reader, "restarted", ListStage.MODELS);
      stage.awaitTwoReconciles("restarted", mark);

      assertThat(stage.ids(stage.reader, "restarted")).isEqualTo(before);
    }
    assertThat(stage.writes(mark)).isZero();
    assertThat(stage.provider.seen()).isEmpty();
    assertThat(stage.status("restarted").getModelCount()).isEqualTo(ListStage.MODELS);
  }

  @Test
  void aDatabaseThatIsDeletedOrDamagedGetsTheSameListWithoutACall() throws Exception {
    try (var _ = stage.start(stage.data)) {
      stage.apply("damaged", ListStage.GOOD, "");
      stage.awaitCount("damaged", ListStage.MODELS);
      stage.awaitList(stage.reader, "damaged", ListStage.MODELS);
      var before =
          stage.reader.<Optional<OfferedModels>>read(view -> view.models(stage.ref("damaged")));
      stage.provider.forget();
      for (var damage : List.<Damage>of(Files::delete, ListsIT::overwrite)) {
        var position = stage.reader.<Position>read(MirrorView::position);

        damage.to(stage.data.resolve("config.db"));

        await("another epoch")
            .atMost(ListStage.SOON)
            .ignoreException(MirrorUnavailable.class)
            .until(() ->
                !stage
                    .reader
                    .<Position>read(MirrorView::position)
                    .epoch()
                    .equals(position.epoch()));
        assertThat(
                stage.reader.<Optional<OfferedModels>>read(
                    view -> view.models(stage.ref("damaged"))))
            .isEqualTo(before);
      }
    }
    assertThat(stage.provider.seen()).isEmpty();
  }

  @Test
  void whatIsAllowedAndDeclaredCountsAtOnceAndNobodyIsAsked() throws Exception {
    try (var _ = stage.start(stage.data)) {
      stage.apply("selected", ListStage.GOOD, "");
      stage.awaitCount("selected", ListStage.MODELS);
      stage.provider.forget();

      stage.select("selected", "{\"allow\":[\"gpt-5-*\"]}");
      stage.awaitCount("selected", 1);
      stage.awaitList(stage.reader, "selected", 1);

      stage.select("selected", "{\"allow\":[\"nothing\"]}");
      stage.awaitNote("selected", "HiddenByAllowList");
      stage.awaitList(stage.reader, "selected", 0);
      assertThat(stage.row("selected").told().emptyList().map(KeyRow.EmptyList::reason))
          .contains("HiddenByAllowList");

      stage.select("selected", "{\"discovery\":\"Disabled\",\"allow\":null}");
      stage.awaitNote("selected", "DiscoveryDisabled");

      stage.select(
          "selected", "{\"additional\":[{\"id\":\"ft:mine\",\"baseModel\":\"gpt-5-mini\"}]}");
      stage.awaitCount("selected", 1);
      stage.awaitList(stage.reader, "selected", 1);

      stage.select("selected", "{\"discovery\":\"Automatic\"}");
      stage.awaitCount("selected", ListStage.MODELS + 1);
      stage.awaitList(stage.reader, "selected", ListStage.MODELS + 1);
    }
    assertThat(stage.provider.seen()).isEmpty();
  }

  @Test
  void aKeyThatIsShownOtherModelsBringsItsOwnList() throws Exception {
    try (var _ = stage.start(stage.data)) {
      stage.apply("rotated", ListStage.GOOD, "");
      stage.awaitCount("rotated", ListStage.MODELS);
      stage.awaitList(stage.reader, "rotated", ListStage.MODELS);

      stage
          .client()
          .secrets()
          .inNamespace(stage.plane.namespace())
          .withName("rotated")
          .edit(secret ->
              new SecretBuilder(secret)
                  .withStringData(Map.of("api-key", ListStage.SEES_TWO))
                  .build());

      stage.awaitCount("rotated", 2);
      stage.awaitList(stage.reader, "rotated", 2);
      assertThat(stage.facts("rotated").getMetadata().getAnnotations())
          .containsEntry(Annotations.REVISION, stage.status("rotated").getRevision());
    }
    assertThat(stage.provider.seen()).hasSize(2);
  }

  @Test
  void theCertificatesThatAKeyWasAcceptedWithAreInTheRow() throws Exception {
    var pem = new String(TlsFiles.authority(), StandardCharsets.US_ASCII);
    stage
        .client()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(stage.plane.namespace())
                .withName("corp-ca")
                .endMetadata()
                .withData(Map.of("ca.crt", "Somebody's note.\n" + pem))
                .build())
        .create();
    try (var _ = stage.start(stage.data)) {
      stage.apply(
          "trusted", ListStage.GOOD, "caRef: {kind: ConfigMap, name: corp-ca, key: ca.crt}");

      await("the certificate")
          .atMost(ListStage.SOON)
          .ignoreExceptions()
          .until(() ->
              stage.row("trusted").accepted().authority().isPresent()
                  && !stage.row("trusted").accepted().endpoint().isEmpty());
      assertThat(stage.row("trusted").accepted().authority().orElseThrow())
          .isEqualToIgnoringNewLines(pem)
          .doesNotContain("note");
      assertThat(stage.row("trusted").accepted().terms()).startsWith("t-");
      assertThat(stage.row("trusted").accepted().endpoint()).isEqualTo(stage.provider.url("/v1"));
    }
  }

  @Test
  void howManyReplicasThereAreIsToldWhereItIsKnown() throws Exception {
    try (var _ = stage.start(stage.data, "--replicas", "3")) {
      await("the heartbeat")
          .atMost(ListStage.SOON)
          .ignoreException(MirrorUnavailable.class)
          .until(
              () -> stage.reader.<Integer>read(view -> view.heartbeat().replicas().orElse(0)) == 3);
    }
  }

  private interface Damage {
    void to(Path file) throws IOException;
  }

  private static void overwrite(Path file) throws IOException {
    Files.write(file, "no header at all".repeat(200).getBytes(StandardCharsets.UTF_8));
  }
}
