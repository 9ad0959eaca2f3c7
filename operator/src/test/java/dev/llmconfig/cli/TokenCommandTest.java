package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Kubeconfigs as people have them.
class TokenCommandTest {

  @TempDir Path folder;

  @Test
  void theTokenInItIsPrintedAndNothingElse() {
    assertThat(run("token: abc.def")).isEqualTo(new Run(0, "abc.def\n", ""));
  }

  @Test
  void theTokenOfAnExecPluginIsPrinted() throws IOException {
    var plugin =
        Files.writeString(
            folder.resolve("plugin"),
            """
            #!/bin/sh
            echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"from-the-plugin"}}'
            """);
    Files.setPosixFilePermissions(plugin, PosixFilePermissions.fromString("rwx------"));

    assertThat(
            run(
                "exec: {apiVersion: client.authentication.k8s.io/v1, command: %s, interactiveMode: Never}"
                    .formatted(plugin)))
        .isEqualTo(new Run(0, "from-the-plugin\n", ""));
  }

  @Test
  void aClientCertificateIsNoTokenAndTheCommandThatMakesOneIsNamed() {
    var run = run("client-certificate-data: YQ==\n    client-key-data: YQ==");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("client certificate", "kubectl create token NAME -n NAMESPACE");
  }

  @Test
  void whereThereIsNothingItSaysSo() {
    var run = run("{}");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("The kubeconfig has no token").hasLineCount(1);
  }

  private static Run run(String user) {
    var config =
        Config.fromKubeconfig(
            """
            apiVersion: v1
            kind: Config
            clusters: [{name: here, cluster: {server: "https://127.0.0.1:1"}}]
            contexts: [{name: me, context: {cluster: here, user: me}}]
            current-context: me
            users:
            - name: me
              user:
                %s
            """
                .replace("    %s", user.equals("{}") ? "    username:" : "    " + user));
    var out = new StringWriter();
    var err = new StringWriter();
    var shell =
        new Shell(
            System.in,
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            Map.of(),
            InstantSource.fixed(Run.NOW),
            Optional.empty());
    var line =
        PlainErrors.on(new CommandLine(new TokenCommand(shell, _ -> config)))
            .setOut(shell.out())
            .setErr(shell.err());
    var code = line.execute();
    return new Run(code, out.toString(), err.toString());
  }
}
