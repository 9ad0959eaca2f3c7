package dev.llmconfig.cli;

import dev.llmconfig.upkeep.RingWork;
import dev.llmconfig.upkeep.RingWork.Needed;
import dev.llmconfig.upkeep.RingWork.Report;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `llmconfig keyring drop-oldest`.
@Command(
    name = "drop-oldest",
    description =
        "Drops the oldest encryption key. It refuses, and lists what stands in the way, while"
            + " anything needs another key than the first; the only key is never dropped.",
    mixinStandardHelpOptions = true,
    footer = {"", "You need what status needs, and patch on the Secret of the key ring."})
final class KeyringDropOldestCommand implements Callable<Integer> {

  private final Shell shell;
  private final Clusters clusters;

  @Mixin private final RingOptions ring = new RingOptions();

  KeyringDropOldestCommand(Shell shell, Clusters clusters) {
    this.shell = shell;
    this.clusters = clusters;
  }

  @Override
  public Integer call() {
    ring.refuseProblems();
    try {
      var report =
          clusters.with(
              ring.context(),
              client ->
                  new RingWork(client, ring.needs(client), ring.namespace(), ring.name())
                      .dropOldest());
      print(ring.json() ? RingJson.of(report) : RingText.dropped(report));
      return 0;
    } catch (Needed needed) {
      refuse(needed.report());
      return Refusal.NEGATIVE;
    }
  }

  private void refuse(Report report) {
    print(ring.json() ? RingJson.of(report) : RingText.needs(report));
    shell
        .err()
        .println(
            "Nothing was dropped, because %d %s an older key; replace what is listed, and run this again."
                .formatted(
                    report.older().size(),
                    report.older().size() == 1 ? "token needs" : "tokens need"));
    shell.err().flush();
  }

  private void print(String text) {
    shell.out().print(text);
    shell.out().flush();
  }
}
