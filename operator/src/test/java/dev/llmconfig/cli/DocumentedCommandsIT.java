package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The shell commands of `docs/reference/cli.md`, run as they are printed there with the built jar.
@ExtendWith(ControlPlaneExtension.class)
class DocumentedCommandsIT {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void runAsPrinted(ControlPlane plane) throws IOException, InterruptedException {
    // Given
    Crds.install(plane);
    Files.writeString(folder.resolve("openai.key"), "sk-0123456789abcdefghij");
    List<String> blocks =
        BLOCK.matcher(Reference.read()).results().map(found -> found.group(1)).toList();
    assertThat(blocks).isNotEmpty();

    // When
    String said =
        bash(String.join("\n", blocks).replace(" agents ", " " + plane.namespace() + " "));

    // Then
    assertThat(said).contains("apikeyconfig.llmconfig.dev/openai-team-a created");
  }

  private String bash(String commands) throws IOException, InterruptedException {
    String settings = "eval \"$('%s/cluster/env')\"; PATH='%s/bin':$PATH".formatted(ROOT, ROOT);
    var builder =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", settings + "\n" + commands)
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().putIfAbsent("LLMCONFIG_CLUSTER_DIR", ROOT + "/.cluster/test");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
