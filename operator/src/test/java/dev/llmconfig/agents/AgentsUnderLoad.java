package dev.llmconfig.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.agents.Edits.Arm;
import dev.llmconfig.agents.Edits.Took;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The numbers that take minutes; run by `make test-load`, which prints them. `-Dload.agents=10000`
/// takes more of them.
@ExtendWith(ControlPlaneExtension.class)
class AgentsUnderLoad {

  private static final int AGENTS = Integer.getInteger("load.agents", 2_000);
  private static final long MOST_HEAP = 256L << 20;
  private static final int ROUNDS = 7;
  private static final int EDITS = 20;

  @Test
  void manyAgents(ControlPlane plane) throws Exception {
    try (var stage = AgentStage.set(plane)) {
      var begin = System.nanoTime();
      var agents = new ManyAgents(stage, AGENTS).create();
      said("made after %s", Duration.ofNanos(System.nanoTime() - begin));
      var arrived = agents.startToIdle();
      agents.awaitDelivered();
      said(
          "all delivered %s after the start, heap after GC %d MiB",
          arrived, ManyAgents.heap() >> 20);

      stage.stop();
      var mark = stage.mark();
      var restart = agents.startToIdle();
      var writes = agents.writes(mark);
      var heap = ManyAgents.heap();
      said(
          "restart to idle %s, %d writes, heap after GC %d MiB",
          restart, writes.count(), heap >> 20);
      assertThat(writes).isEmpty();
      assertThat(restart).isLessThan(Duration.ofSeconds(60));
      assertThat(heap).isLessThan(MOST_HEAP);

      edits(agents);
    }
  }

  private static void edits(ManyAgents agents) throws Exception {
    var all = new Took();
    var medians = new double[ROUNDS];
    try (var edits = new Edits(agents)) {
      for (int round = -1; round < ROUNDS; round++) { // one to warm up
        var took = edits.round(EDITS);
        if (round >= 0) {
          all.add(took);
          medians[round] = took.ratio(Arm.OPERATOR, 0.5);
        }
      }
    }
    for (var arm : Arm.values()) {
      said(
          "edit, %-8s p50 %.1f ms, p99 %.1f ms",
          arm, all.percentile(arm, 0.5), all.percentile(arm, 0.99));
    }
    Arrays.sort(medians);
    said(
        "edit, ratio to the client's write: p50 %.2f (rounds %.2f to %.2f), p99 %.2f",
        medians[ROUNDS / 2], medians[0], medians[ROUNDS - 1], all.ratio(Arm.OPERATOR, 0.99));
    assertThat(all.ratio(Arm.OPERATOR, 0.99)).isLessThanOrEqualTo(3);
  }

  private static void said(String format, Object... values) {
    System.out.printf(AGENTS + " agents: " + format + "%n", values);
  }
}
