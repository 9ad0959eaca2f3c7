package dev.llmconfig.cli;

import dev.llmconfig.upkeep.RingWork;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `llmconfig keyring add`.
@Command(
    name = "add",
    description =
        "Makes a new encryption key and puts it in front of the others. The operator then encrypts"
            + " anew what it holds; no agent restarts.",
    mixinStandardHelpOptions = true,
    footer = {"", "You need get, list and patch on Secrets in the namespace of the operator."})
final class KeyringAddCommand implements Callable<Integer> {

  private final Shell shell;
  private final Clusters clusters;

  @Mixin private final RingOptions ring = new RingOptions();

  KeyringAddCommand(Shell shell, Clusters clusters) {
    this.shell = shell;
    this.clusters = clusters;
  }

  @Override
  public Integer call() {
    ring.refuseProblems();
    var report =
        clusters.with(
            ring.context(),
            client ->
                new RingWork(client, ring.needs(client), ring.namespace(), ring.name()).add());
    shell.out().print(ring.json() ? RingJson.of(report) : RingText.added(report));
    shell.out().flush();
    return 0;
  }
}
