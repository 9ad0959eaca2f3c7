package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The operator as a process of its own: how it refuses to start.
@ExtendWith(ControlPlaneExtension.class)
class OperatorProcessIT {

  private static final String KEY = RunningOperator.newKey();

  @TempDir Path folder;

  @Test
  void withoutAKeyItSaysHowToMakeOneAndExits78() throws Exception {
    var process = start(Map.of("KUBECONFIG", kubeconfig("apiVersion: v1")), "--data-dir", data());

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(78);
    assertThat(log()).contains("llmconfig keygen").doesNotContain("Exception", "\tat ");
  }

  @Test
  void anAddressThatIsTakenIsSaidInOneSentence(ControlPlane plane) throws Exception {
    var account = plane.actor("llm-config-operator", RunningOperator.RIGHTS);
    try (var taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      var process =
          start(
              Map.of("KUBECONFIG", kubeconfig(account.kubeconfig()), "ENCRYPTION_KEY", KEY),
              "--home-namespace",
              plane.namespace(),
              "--data-dir",
              data(),
              "--listen",
              "127.0.0.1:" + taken.getLocalPort());

      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(1);
      assertThat(log()).contains("--listen").doesNotContain("\tat ");
    }
  }

  private Process start(Map<String, String> environment, String... arguments) throws IOException {
    var command = new ArrayList<>(OwnProcess.command());
    command.add("operator");
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    builder.environment().remove("ENCRYPTION_KEY_FILE");
    builder.environment().remove("ENCRYPTION_KEY");
    builder.environment().putAll(environment);
    return builder.start();
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private String kubeconfig(String text) throws IOException {
    return Files.writeString(folder.resolve("kubeconfig"), text).toString();
  }
}
