package dev.llmconfig.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.impact.Impact;
import dev.llmconfig.impact.Preview;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `llmconfig plan`. Here 2 is an answer, as it is of `terraform plan -detailed-exitcode`, so that
/// wrong usage has another code than with other commands.
@Command(
    name = "plan",
    description =
        "Tells which agents would change and restart if these files were applied, with a"
            + " difference for each, who is blocked and why, and what nobody can know beforehand. It"
            + " only reads, and asks no provider.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = PlanCommand.FAILED,
    exitCodeOnExecutionException = PlanCommand.FAILED,
    footer = {
      "",
      "Without --manifests it reads the cluster that kubectl uses: ApiKeyConfigs, ModelConfigs and",
      "workloads of the namespaces in question, those Secrets that the files hold as well, and",
      "ConfigMaps with agent profiles, where you may list them in all namespaces.",
      "Exit codes: 0 no agent would change, 2 at least one would, 1 wrong usage, or it cannot be told."
    })
final class PlanCommand implements Callable<Integer> {

  static final int FAILED = 1;
  static final int CHANGES = 2;

  private final Shell shell;

  @Option(
      names = {"-f", "--filename"},
      paramLabel = "FILE",
      description =
          "What would be applied: a file, a directory (every .yaml, .yml and .json in it and below"
              + " it), or - for standard input. Can be given several times.")
  private List<String> files = List.of();

  @Option(
      names = "--manifests",
      paramLabel = "DIR",
      description =
          "Instead of a cluster: a directory of manifests that is taken to be applied already, with"
              + " every agent up to date. Without -f, all of it is the change.")
  private @Nullable Path manifests;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "For objects that name none. Default: that of the kubeconfig, else default.")
  private @Nullable String namespace;

  @Option(
      names = "--context",
      paramLabel = "CONTEXT",
      description = "Context of the kubeconfig. Default: the current one.")
  private @Nullable String context;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json|yaml",
      description =
          "How to print it (default: text); yaml prints, for each agent that would change, a patch"
              + " of its manifest.")
  private String output = "text";

  PlanCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    refuseProblems();
    var impact = impact();
    shell
        .out()
        .print(
            switch (output) {
              case "json" -> PlanJson.of(impact);
              case "yaml" -> PlanYaml.of(impact);
              default -> PlanText.of(impact);
            });
    shell.out().flush();
    return impact.anything() ? CHANGES : 0;
  }

  private void refuseProblems() {
    var problems = new ArrayList<String>();
    if (files.isEmpty() && manifests == null) {
      problems.add("Say what would be applied: give -f, --manifests, or both.");
    }
    if (manifests != null && context != null) {
      problems.add(
          "--context is for a cluster, and with --manifests there is none; leave one out.");
    }
    if (!List.of("text", "json", "yaml").contains(output)) {
      problems.add("--output must be one of text, json, yaml.");
    }
    if (!problems.isEmpty()) {
      throw Refusal.of(FAILED, String.join(System.lineSeparator(), problems));
    }
  }

  private Impact impact() {
    var now = shell.clock().instant();
    if (manifests != null) {
      var reading = new ManifestFiles(shell, namespace == null ? "default" : namespace);
      var folder = reading.all(List.of(manifests.toString()));
      return files.isEmpty()
          ? Preview.ofAll(folder, now)
          : Preview.of(folder, reading.all(files), now);
    }
    try (var cluster = ClusterObjects.connect(context, shell.err()::println)) {
      List<ObjectNode> changes =
          new ManifestFiles(shell, namespace == null ? cluster.namespace() : namespace).all(files);
      return Preview.of(cluster.around(changes), changes, now);
    }
  }
}
