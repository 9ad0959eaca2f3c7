package dev.llmconfig.agents;

import static dev.llmconfig.testing.Rounds.quantile;
import static dev.llmconfig.testing.Rounds.ratios;
import static dev.llmconfig.testing.Rounds.spread;

import dev.llmconfig.agents.Edits.Arm;
import dev.llmconfig.agents.Edits.Took;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Measures, and asserts nothing: `bench/operator/run`. Not part of any test run.
@ExtendWith(ControlPlaneExtension.class)
class AgentsBench {

  private static final int AGENTS = Integer.getInteger("bench.agents", 500);
  private static final Set<String> ROWS =
      Set.of(System.getProperty("bench.rows", "edit,calls,arrivals,restart,memory").split(","));
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 7);
  private static final int FEW = 100;
  private static final int EDITS = 20;
  private static final int NEW = Integer.getInteger("bench.new", 150);
  private static final int FOREIGN = 2_000;
  private static final int FOREIGN_BYTES = 20 * 1024;
  private static final String FOREIGN_LABEL = "foreign";

  /// All rows with one population: to make and to serve thousands of them is most of the time.
  @Test
  void rows(ControlPlane plane) throws Exception {
    try (var stage = AgentStage.set(plane)) {
      var agents = ROWS.contains("memory") ? memory(stage) : converged(stage);
      try (var edits = new Edits(agents)) {
        if (ROWS.contains("edit")) {
          edit(edits);
        }
        if (ROWS.contains("calls")) {
          calls(agents, edits);
        }
      }
      if (ROWS.contains("restart")) {
        restart(agents);
      }
      if (ROWS.contains("arrivals")) {
        arrivals(agents);
      }
    }
  }

  private static void edit(Edits edits) throws Exception {
    var rounds = new ArrayList<Took>();
    edits.round(EDITS); // to warm up
    for (int round = 0; round < ROUNDS; round++) {
      rounds.add(edits.round(EDITS));
    }
    line(
        "| one parameter, %,d idle agents | p50 | p99 | p50 to the bare client | p99 to the bare client |"
            .formatted(AGENTS));
    line("|---|---|---|---|---|");
    row("bare client, which sends the operator's patch", Arm.CLIENT, rounds);
    row("bare client, which sends it when a ConfigMap changes", Arm.WATCHER, rounds);
    row("ours, when a ModelConfig changes", Arm.OPERATOR, rounds);
    line("");
  }

  private static void row(String what, Arm arm, List<Took> rounds) throws IOException {
    var p50 = rounds.stream().mapToDouble(one -> one.percentile(arm, 0.5)).toArray();
    var ratios = rounds.stream().mapToDouble(one -> one.ratio(arm, 0.5)).toArray();
    var all = new Took();
    rounds.forEach(all::add);
    line(
        "| %s | %.1f ms (%.1f to %.1f) | %.1f ms | %s | %.2f |"
            .formatted(
                what,
                median(p50),
                quantile(p50, 0),
                quantile(p50, 1),
                all.percentile(arm, 0.99),
                spread(ratios),
                all.ratio(arm, 0.99)));
  }

  /// Counted at the API server, so one round is as good as seven.
  private static void calls(ManyAgents agents, Edits edits) throws Exception {
    var stage = agents.stage;
    var edit = stage.mark();
    for (int at = 0; at < EDITS; at++) {
      edits.edit(Arm.OPERATOR);
    }
    var requests = stage.plane.audit().since(edit).by(stage.account);
    var events = requests.on("events").count();
    // The lease, and whether the API server is there at all, are asked for all the time.
    var calls =
        requests.only(one -> !List.of("", "leases").contains(one.resource())).count() - events;
    var restart = stage.mark();
    stage.stop();
    agents.startToIdle();
    agents.touchAll();
    line("| counted in the audit log, %,d agents | |".formatted(AGENTS));
    line("|---|---|");
    line(
        "| calls for one effective change of one workload, but for events | %.2f |"
            .formatted(calls / (double) EDITS));
    line("| events of it | %.2f |".formatted(events / (double) EDITS));
    line(
        "| writes at a restart and a second look at everything | %d |"
            .formatted(agents.writes(restart).count()));
    line("");
  }

  private static void arrivals(ManyAgents agents) throws Exception {
    var stage = agents.stage;
    var ours = new double[ROUNDS];
    var bare = new double[ROUNDS];
    try (var arrivals = new Arrivals(agents)) {
      var mark = stage.mark();
      arrivals.ours(AGENTS, AGENTS + NEW); // to warm up, and to see what is written
      agents.awaitIdle();
      var writes = Arrivals.Writes.of(agents.writes(mark), NEW);
      arrivals.bare(0, NEW, writes);
      for (int round = 0; round < ROUNDS; round++) {
        var from = AGENTS + (round + 1) * NEW;
        ours[round] = arrivals.ours(from, from + NEW);
        agents.awaitIdle();
        bare[round] = arrivals.bare((round + 1) * NEW, (round + 2) * NEW, writes);
      }
      line(
          "| %,d new agents beside %,d others, until all have their settings | median | spread | to the client |"
              .formatted(NEW, AGENTS));
      line("|---|---|---|---|");
      time(
          "bare client, eight threads, the same %d writes each besides the creation"
              .formatted(writes.patches() + writes.statuses() + writes.events()),
          bare,
          bare);
    }
    time("ours", ours, bare);
    line("");
  }

  private static void restart(ManyAgents agents) throws Exception {
    var stage = agents.stage;
    var idle = new double[ROUNDS];
    var lists = new double[ROUNDS];
    for (int round = -1; round < ROUNDS; round++) { // one to warm up
      stage.stop();
      var listed = seconds(() -> read(stage));
      var started = agents.startToIdle().toNanos() / 1e9;
      if (round >= 0) {
        idle[round] = started;
        lists[round] = listed;
      }
    }
    line("| restart, %,d agents | median | spread | to LIST and parse |".formatted(AGENTS));
    line("|---|---|---|---|");
    time("bare client, LIST and parse of the same objects, one after the other", lists, lists);
    time("ours, process in place to idle", idle, lists);
    line("");
  }

  /// The same with few of them first.
  private static ManyAgents memory(AgentStage stage) throws Exception {
    var few = new ManyAgents(stage, FEW).create();
    few.startToIdle();
    few.awaitDelivered();
    stage.stop();
    few.startToIdle();
    var small = heap();
    foreign(stage);
    var beside = heap();
    // Who lists and parses the same objects later shall not meet them.
    stage.client().secrets().inNamespace(stage.plane.namespace()).withLabel(FOREIGN_LABEL).delete();
    var many = few.grow(AGENTS);
    many.awaitDelivered();
    stage.stop();
    many.startToIdle();
    var large = heap();
    line("| heap after GC, the test with it | median | more than with %d agents |".formatted(FEW));
    line("|---|---|---|");
    line("| %d agents | %.0f MiB | |".formatted(FEW, median(small)));
    line(
        "| the same, and %,d foreign Secrets of %d KiB | %.0f MiB | %+.1f MiB |"
            .formatted(
                FOREIGN, FOREIGN_BYTES >> 10, median(beside), median(beside) - median(small)));
    line(
        "| %,d agents | %.0f MiB | %+.1f MiB |"
            .formatted(AGENTS, median(large), median(large) - median(small)));
    line("");
    return many;
  }

  private static ManyAgents converged(AgentStage stage) throws IOException {
    var agents = new ManyAgents(stage, AGENTS).create();
    agents.startToIdle();
    agents.awaitDelivered();
    return agents;
  }

  private static void read(AgentStage stage) {
    var client = stage.client();
    var namespace = stage.plane.namespace();
    Listed.all(client.resources(ApiKeyConfig.class).inNamespace(namespace));
    Listed.all(client.resources(ModelConfig.class).inNamespace(namespace));
    Listed.all(client.apps().deployments().inNamespace(namespace));
    Listed.all(client.secrets().inNamespace(namespace));
    Listed.all(client.configMaps().inNamespace(namespace));
  }

  private static void foreign(AgentStage stage) {
    var content = Map.of("content", "x".repeat(FOREIGN_BYTES));
    ManyAgents.inParallel(
        0,
        FOREIGN,
        at ->
            stage
                .client()
                .resource(
                    new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(stage.plane.namespace())
                        .withName("foreign-" + at)
                        .addToLabels(FOREIGN_LABEL, "")
                        .endMetadata()
                        .withStringData(content)
                        .build())
                .create());
  }

  private static double[] heap() {
    var rounds = new double[ROUNDS];
    Arrays.setAll(rounds, _ -> ManyAgents.heap() / (double) (1 << 20));
    return rounds;
  }

  private interface Work {
    void run() throws Exception;
  }

  private static double seconds(Work work) throws Exception {
    var begin = System.nanoTime();
    work.run();
    return (System.nanoTime() - begin) / 1e9;
  }

  private static void time(String what, double[] times, double[] rival) throws IOException {
    line(
        "| %s | %.1f s | %.1f to %.1f s | %s |"
            .formatted(
                what,
                median(times),
                quantile(times, 0),
                quantile(times, 1),
                spread(ratios(times, rival))));
  }

  private static double median(double[] values) {
    return quantile(values, 0.5);
  }

  private static void line(String text) throws IOException {
    Files.writeString(
        Path.of(System.getProperty("bench.report", "target/operator-bench.md")),
        text + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    System.out.println(text);
  }
}
