package dev.llmconfig.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// One run of `llmconfig` in this process: what it said, and how it ended.
public record Run(int exitCode, String out, String err) {

  static final String ENCRYPTION_KEY = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";
  static final Map<String, String> WITH_KEY = Map.of("ENCRYPTION_KEY", ENCRYPTION_KEY);
  static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  public static Run of(String stdin, Map<String, String> environment, String... arguments) {
    return of(stdin, environment, Clusters.OF_KUBECONFIG, InstantSource.fixed(NOW), arguments);
  }

  /// Against the cluster of the test.
  static Run against(Clusters clusters, String... arguments) {
    return against(clusters, InstantSource.fixed(NOW), arguments);
  }

  static Run against(Clusters clusters, InstantSource clock, String... arguments) {
    return of("", WITH_KEY, clusters, clock, arguments);
  }

  private static Run of(
      String stdin,
      Map<String, String> environment,
      Clusters clusters,
      InstantSource clock,
      String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Shell shell =
        new Shell(
            new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            environment,
            clock,
            Optional.empty());
    int exitCode = Main.commandLine(shell, clusters).execute(arguments);
    return new Run(exitCode, out.toString(), err.toString());
  }

  public static Run of(String stdin, String... arguments) {
    return of(stdin, WITH_KEY, arguments);
  }
}
