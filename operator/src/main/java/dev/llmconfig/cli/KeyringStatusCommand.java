package dev.llmconfig.cli;

import dev.llmconfig.upkeep.RingWork;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `llmconfig keyring status`.
@Command(
    name = "status",
    description =
        "Names the encryption keys by their ids and lists all that still needs an older one, tokens"
            + " in Git with the tool that owns them included.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "It tries every token there is, so you need get on the Secret of the key ring, and list on",
      "Secrets and apikeyconfigs."
    })
final class KeyringStatusCommand implements Callable<Integer> {

  private final Shell shell;
  private final Clusters clusters;

  @Mixin private final RingOptions ring = new RingOptions();

  KeyringStatusCommand(Shell shell, Clusters clusters) {
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
                new RingWork(client, ring.needs(client), ring.namespace(), ring.name()).status());
    shell.out().print(ring.json() ? RingJson.of(report) : RingText.status(report));
    shell.out().flush();
    return 0;
  }
}
