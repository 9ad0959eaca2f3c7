package dev.llmconfig.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {

  @TempDir private Path directory;

  @Test
  void makesAKeyThatOnlyItsOwnerCanReadAndFindsItAgain() throws Exception {
    var file = new KeyFile(directory);
    assertThat(file.read()).isEmpty();
    var made = file.make();
    assertThat(permissions()).isEqualTo("rw-------");
    assertThat(file.read().orElseThrow().first()).isEqualTo(made.first());
    assertThat(file.warning())
        .contains("back this file up")
        .doesNotContain(Files.readString(directory.resolve(KeyFile.NAME)));
    assertThatThrownBy(file::make)
        .as("never over a key that something is encrypted with")
        .isInstanceOf(StoreRefused.class);
    assertThat(file.read().orElseThrow().first()).isEqualTo(made.first());
  }

  @Test
  void refusesAKeyThatOthersCanRead() throws Exception {
    var file = new KeyFile(directory);
    file.make();
    Files.setPosixFilePermissions(
        directory.resolve(KeyFile.NAME), PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(file::read).hasMessageContaining("chmod 600");
  }

  @Test
  void refusesWhatIsNoKeyWithoutRepeatingIt() throws Exception {
    var file = directory.resolve(KeyFile.NAME);
    Files.writeString(file, "no-key-at-all");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThatThrownBy(() -> new KeyFile(directory).read())
        .hasMessageContaining("backup")
        .hasMessageNotContaining("no-key-at-all");
  }

  private String permissions() throws Exception {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(directory.resolve(KeyFile.NAME)));
  }
}
