package dev.llmconfig.agents;

import dev.llmconfig.testing.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Those whom agents belong to, each with a tool of their own.
final class Owners {

  enum Tool {
    /// On the client's side.
    Apply,
    ServerSideApply,
    Helm;

    /// The name that its writes are recorded under.
    String manager() {
      return switch (this) {
        case Apply -> "kubectl-client-side-apply";
        case ServerSideApply -> "kubectl";
        case Helm -> "helm";
      };
    }

    /// Of the agent in these stories that is brought by it.
    String agent() {
      return "by-" + name().toLowerCase(Locale.ROOT);
    }
  }

  private final AgentStage stage;
  private final Path folder;
  private final Helm helm;

  Owners(AgentStage stage, Path folder) {
    this.stage = stage;
    this.folder = folder;
    this.helm = new Helm(folder.resolve("helm"));
  }

  /// The first time, and whenever it changes. Anything but success ends the test.
  void bring(Tool tool, String agent, String manifest) {
    switch (tool) {
      case Apply -> stage.apply(manifest);
      case ServerSideApply ->
          stage.kubectl.paste("kubectl apply --server-side -f - <<'END'\n" + manifest + "\nEND\n");
      case Helm -> upgrade(agent, manifest);
    }
  }

  private void upgrade(String release, String manifest) {
    try {
      var chart = Files.createDirectories(folder.resolve(release).resolve("templates"));
      Files.writeString(
          folder.resolve(release).resolve("Chart.yaml"),
          "{apiVersion: v2, name: agent, version: 1.0.0}");
      Files.writeString(chart.resolve("agent.yaml"), manifest);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    helm.run(
        "upgrade",
        "--install",
        release,
        folder.resolve(release).toString(),
        "--namespace=" + stage.plane.namespace());
  }
}
