package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.testing.Actor;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Two replicas and one lease; an API server that stops answering.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class LeadershipIT {

  private static final Duration SOON = Duration.ofSeconds(40);
  private static final String KEY = RunningOperator.newKey();

  private ControlPlane plane;
  private Actor account;

  @BeforeEach
  void join(ControlPlane plane) {
    this.plane = plane;
    Crds.install(plane);
    account = plane.actor("llm-config-operator", RunningOperator.RIGHTS);
  }

  @Test
  void oneLeadsAndTheOtherTakesOverAtOnce() throws Exception {
    var first = RunningOperator.start(plane, account, KEY);
    awaitRunning(first);
    var second = plane.closedLater(RunningOperator.start(plane, account, KEY));
    await("the second replica to be ready").atMost(SOON).until(() -> ready(second));
    assertThat(second.get("/readyz").body()).contains("another replica leads");

    first.close();

    // The lease is given back at the end, so nobody waits for it to run out.
    await("the second replica to lead").atMost(Duration.ofSeconds(10)).until(() -> runs(second));
  }

  @Test
  void anApiServerThatStopsAnsweringEndsTheTermAndNothingElse() throws Exception {
    try (var operator = RunningOperator.start(plane, account, KEY)) {
      awaitRunning(operator);

      plane.apiServer().freeze();

      await("not ready").atMost(Duration.ofSeconds(30)).until(() -> !ready(operator));
      await("the end of the term").atMost(Duration.ofSeconds(30)).until(() -> !runs(operator));
      assertThat(operator.get("/livez").statusCode()).isEqualTo(200);

      plane.apiServer().resume();

      awaitRunning(operator);
    }
  }

  private static void awaitRunning(RunningOperator operator) {
    await("the operator to run").atMost(SOON).until(() -> ready(operator) && runs(operator));
  }

  private static boolean ready(RunningOperator operator) throws IOException, InterruptedException {
    return operator.get("/readyz").statusCode() == 200;
  }

  private static boolean runs(RunningOperator operator) throws IOException, InterruptedException {
    return operator.get("/readyz").body().contains("[+] controllers: ok\n");
  }
}
