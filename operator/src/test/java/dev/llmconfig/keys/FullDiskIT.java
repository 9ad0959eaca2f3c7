package dev.llmconfig.keys;

import static dev.llmconfig.keys.KeyStage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.HeldToken;
import dev.llmconfig.mirror.KeyRow;
import dev.llmconfig.mirror.Stored;
import dev.llmconfig.sqlite.ConfigReader;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A process whose disk is really full: keys are served on, the mirror shows what it had and says
/// why, and catches up when there is room.
@ExtendWith(ControlPlaneExtension.class)
class FullDiskIT {

  private static final int PAGE = 4096;

  @TempDir Path folder;

  @Test
  void keysGoOnAndTheMirrorNeverShowsWhatIsNotSo(ControlPlane plane) throws Exception {
    try (var stage = KeyStage.set(plane);
        var operator = OperatorJvm.onADiskOf("1m", folder, stage.account, stage.ring)) {
      eventually("the operator to run").until(operator::runs);
      stage.apply(stage.secret("old", "sk-old-0123456789"), stage.inGit("old"));
      stage.waitFor("old", "Ready");
      eventually("the row").until(() -> token(operator, stage, "old").equals(held(stage, "old")));
      var before = held(stage, "old");
      var filler = operator.seen(folder.resolve("data/filler"));

      fill(filler);
      stage.apply(stage.secret("old", "sk-rotated-0123456789"));
      stage.apply(stage.secret("new", "sk-new-0123456789"), stage.inGit("new"));

      stage.awaits("new", "Ready", "True Verified");
      eventually("the rotation").until(() -> !held(stage, "old").equals(before));
      eventually("the mirror to say why").until(() -> operator.get("/readyz").contains("is full"));
      assertThat(token(operator, stage, "old")).isEqualTo(before);
      assertThat(token(operator, stage, "new")).isEmpty();

      Files.delete(filler);

      eventually("the mirror to catch up")
          .until(() ->
              token(operator, stage, "old").equals(held(stage, "old"))
                  && token(operator, stage, "new").equals(held(stage, "new")));
      eventually("the mirror to be well")
          .until(() -> operator.get("/readyz").contains("[+] mirror: ok"));
      assertThat(stage.calls("old")).hasSize(2);
      assertThat(stage.calls("new")).hasSize(1);
      assertThat(operator.end()).isZero();
    }
  }

  /// To the last byte.
  private static void fill(Path file) throws IOException {
    try (var out = Files.newOutputStream(file)) {
      for (var piece = new byte[PAGE]; ; ) {
        out.write(piece);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  /// From a copy, because SQLite would look for the file where it is not mounted.
  private String token(OperatorJvm operator, KeyStage stage, String name) throws Exception {
    var copy = Files.createTempDirectory(folder, "copy");
    for (var file : List.of("config.db", "config.db-wal")) {
      Files.copy(operator.seen(folder.resolve("data").resolve(file)), copy.resolve(file));
    }
    try (var copied = DriverManager.getConnection("jdbc:sqlite:" + copy.resolve("config.db"));
        var statement = copied.createStatement()) {
      statement.execute("pragma journal_mode = delete");
    }
    try (var mirror = ConfigReader.of(copy)) {
      return mirror
          .<Optional<KeyRow>>read(
              view -> view.key(new Ref(stage.plane.namespace(), name)).map(Stored::row))
          .flatMap(KeyRow::current)
          .map(HeldToken::token)
          .orElse("");
    }
  }

  private static String held(KeyStage stage, String name) {
    return new String(
        Base64.getDecoder().decode(stage.managed(name).getData().get("current")),
        StandardCharsets.US_ASCII);
  }
}
