package dev.llmconfig.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.access.Right;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.RowChange;
import dev.llmconfig.mirror.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever has seen a state on one replica does not go back in time on another.
@SuppressWarnings("NullAway.Init") // set before each test
class MinGenerationTest {

  private static final Ref KEY = new Ref("agents", "openai");
  private static final String MIRROR = "x-llmconfig-mirror";

  @TempDir Path directory;
  private RestStage stage;

  @BeforeEach
  void start() {
    stage = new RestStage(directory);
    stage.review.knows(
        "jane", "jane", Right.of("get", "apikeyconfigs"), Right.of("get", "modelconfigs"));
    stage.holds(
        new RestStage.Content(
            List.of(Sample.keyRow(KEY, "k1", 3)),
            List.of(Sample.modelConfigRow(new Ref("agents", "support"), "m1", 5)),
            List.of(),
            List.of()));
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void aStateThatIsThereIsNotWaitedFor() {
    for (var path :
        List.of(
            "/config/api-keys/agents.openai?minGeneration=3",
            "/config/model-configs/agents.support?minGeneration=2")) {
      var heard = stage.get("jane", path);
      assertThat(heard.status()).isEqualTo(200);
      assertThat(heard.header(MIRROR)).isEmpty();
    }
  }

  @Test
  void aStateThatComesInTimeIsShown() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked =
          CompletableFuture.supplyAsync(
              () -> stage.get("jane", "/config/api-keys/agents.openai?minGeneration=4"), threads);
      stage.changes(new RowChange.KeyIs(Sample.keyRow(KEY, "k1", 4)));

      assertThat(asked.get().json().path("generation").asLong()).isEqualTo(4);
      assertThat(asked.get().header(MIRROR)).isEmpty();
    }
  }

  @Test
  void whatDoesNotComeIsSaid() {
    var late = stage.get("jane", "/config/api-keys/agents.openai?minGeneration=4");
    assertThat(late.status()).isEqualTo(200);
    assertThat(late.json().path("generation").asLong()).isEqualTo(3);
    assertThat(late.header(MIRROR)).isEqualTo("behind");
    var etag = late.header("ETag");
    var same =
        stage.get(
            "jane", "/config/api-keys/agents.openai?minGeneration=4", "If-None-Match: " + etag);
    assertThat(same.status()).isEqualTo(304);
    assertThat(same.header(MIRROR)).isEqualTo("behind");

    var missing = stage.get("jane", "/config/model-configs/agents.new?minGeneration=1");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.json().path("reason").asText()).isEqualTo("ModelNotFound");
    assertThat(missing.header(MIRROR)).isEqualTo("behind");
    assertThat(stage.get("jane", "/config/model-configs/agents.new?minGeneration=x").status())
        .isEqualTo(400);
  }
}
