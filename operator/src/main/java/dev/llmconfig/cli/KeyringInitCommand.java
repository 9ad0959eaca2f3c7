package dev.llmconfig.cli;

import dev.llmconfig.domain.Ref;
import dev.llmconfig.upkeep.RingBeginning;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `llmconfig keyring init`.
@Command(
    name = "init",
    description =
        "Makes a key ring where there is none and nothing was encrypted yet. After a loss without a"
            + " backup, --forget gives up what the lost ring alone could open.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Both --namespace and --name are needed: the log of the operator, and the event"
          + " KeyRingMissing,",
      "print the whole command. A ring that is in order is never replaced."
    })
final class KeyringInitCommand implements Callable<Integer> {

  private final Shell shell;
  private final Clusters clusters;

  @Mixin private final RingOptions ring = new RingOptions();

  @Option(
      names = "--forget",
      description =
          "Makes a new ring over old data, and deletes the managed Secrets that it cannot open."
              + " Keys in Secrets of yours are taken up again by themselves; tokens in specs have"
              + " to be made anew. No agent restarts.")
  private boolean forget;

  KeyringInitCommand(Shell shell, Clusters clusters) {
    this.shell = shell;
    this.clusters = clusters;
  }

  @Override
  public Integer call() {
    ring.refuseProblems();
    var lacking = new ArrayList<String>();
    if (ring.namespace().isEmpty()) {
      lacking.add("--namespace is needed: that of the operator.");
    }
    if (ring.name().isEmpty()) {
      lacking.add("--name is needed: the Secret that the operator looks for.");
    }
    if (!lacking.isEmpty()) {
      throw Refusal.usage(lacking);
    }
    var ref = new Ref(ring.namespace().orElseThrow(), ring.name().orElseThrow());
    var report =
        clusters.with(
            ring.context(),
            client -> new RingBeginning(client, ring.needs(client)).begin(ref, forget));
    shell.out().print(ring.json() ? RingJson.of(report) : RingText.begun(report));
    shell.out().flush();
    return 0;
  }
}
