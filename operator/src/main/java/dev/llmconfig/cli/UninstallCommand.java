package dev.llmconfig.cli;

import dev.llmconfig.upkeep.LettingGo;
import dev.llmconfig.upkeep.LettingGo.Line;
import dev.llmconfig.upkeep.LiveOperator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `llmconfig uninstall`.
@Command(
    name = "uninstall",
    description =
        "Lets go of what is left when the operator is gone already: Secrets that pods name stay and"
            + " belong to nobody, and then our objects lose their finalizers, so that they and"
            + " their namespaces can be deleted. No agent restarts.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "It refuses while an operator runs. To remove the product from agents as well, delete the",
      "objects first (kubectl delete mcfg,akc -A --all --wait), then the operator; then there is",
      "nothing to let go of. You need list on workloads, pods and leases, and get, list and patch",
      "on Secrets, ConfigMaps, apikeyconfigs and modelconfigs."
    })
final class UninstallCommand implements Callable<Integer> {

  private static final String NAMESPACES = "--namespaces";

  private final Shell shell;
  private final Clusters clusters;

  @Option(
      names = "--release",
      required = true,
      description = "Has to be given: says that objects are to be let go of.")
  private boolean release;

  @Option(names = "--dry-run", description = "Prints the same list, and changes nothing.")
  private boolean dryRun;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description =
          "Namespace of the operator that was removed. Default: all are looked at for one that"
              + " still runs.")
  private @Nullable String namespace;

  @Option(
      names = NAMESPACES,
      paramLabel = "a,b",
      description = "Only in these namespaces. Default: all.")
  private @Nullable String namespaces;

  @Option(
      names = "--context",
      paramLabel = "CONTEXT",
      description = "Context of the kubeconfig. Default: the current one.")
  private @Nullable String context;

  UninstallCommand(Shell shell, Clusters clusters) {
    this.shell = shell;
    this.clusters = clusters;
  }

  @Override
  public Integer call() {
    if (!release) {
      throw Refusal.usage("--release is needed.");
    }
    var settings =
        new Settings(namespaces == null ? Map.of() : Map.of(NAMESPACES, namespaces), Map.of());
    var where = settings.dnsLabels(NAMESPACES);
    if (!settings.problems().isEmpty()) {
      throw Refusal.usage(settings.problems().stream().map(problem -> problem.sentence()).toList());
    }
    var lines =
        clusters.with(
            Optional.ofNullable(context),
            client -> {
              if (!dryRun) {
                LiveOperator.refuse(client, Optional.ofNullable(namespace), shell.clock().instant())
                    .ifPresent(shell::warn);
              }
              return new LettingGo(client, where, dryRun).run();
            });
    print(lines);
    return 0;
  }

  private void print(List<Line> lines) {
    if (lines.isEmpty()) {
      shell.out().println("Nothing of ours is there.");
    } else {
      shell
          .out()
          .print(
              TextTable.of(
                  Stream.concat(
                          Stream.of(List.of("NAMESPACE", "KIND", "NAME", "WHAT", "WHY")),
                          lines.stream()
                              .map(line ->
                                  List.of(
                                      line.ref().namespace(),
                                      line.kind(),
                                      line.ref().name(),
                                      line.fate().words(),
                                      line.why())))
                      .toList()));
      if (dryRun) {
        shell.out().println("This is what would be done; nothing was changed.");
      }
    }
    shell.out().flush();
  }
}
