package dev.llmconfig.agents;

import static org.awaitility.Awaitility.await;

import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.testing.AuditLog;
import dev.llmconfig.testing.Requests;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/// So many ModelConfigs, each with a Deployment of its own and one key for all. The Deployments
/// have no pods: for the operator a rollout is what the Deployment says of itself, and thousands of
/// simulated pods would measure who simulates them.
final class ManyAgents {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final int AT_ONCE = 8;
  private static final int PROGRESS = 1_000;

  final AgentStage stage;
  final int count;

  /// Ten of them a second, on a machine that others use.
  private final Duration patience;

  ManyAgents(AgentStage stage, int count) {
    this.stage = stage;
    this.count = count;
    this.patience = Duration.ofMinutes(10).plusMillis(100L * count);
  }

  static String name(int at) {
    return "many-%05d".formatted(at);
  }

  /// All that is in Git.
  ManyAgents create() {
    stage.apply(stage.secret("one", "sk-right-0123456789abcd"), stage.key("one"));
    return create(0);
  }

  /// More of them.
  ManyAgents grow(int to) {
    return new ManyAgents(stage, to).create(count);
  }

  private ManyAgents create(int from) {
    inParallel(
        from,
        count,
        at -> {
          create(agent(name(at), name(at)));
          create(model(at));
          if (at % PROGRESS == PROGRESS - 1) {
            System.out.printf("%,d of %,d are made%n", at + 1, count);
          }
        });
    return this;
  }

  void create(HasMetadata object) {
    stage.client().resource(object).create();
  }

  HasMetadata model(int at) {
    return Serialization.unmarshal(
        stage.model(
            name(at),
            "one",
            "gemini-2.5-flash",
            "parameters: {temperature: 0.2}",
            "delivery: {profile: spring-ai-2}"),
        ModelConfig.class);
  }

  HasMetadata agent(String name, String modelConfig) {
    return Serialization.unmarshal(
        stage
            .agent(name, modelConfig)
            .replace("progressDeadlineSeconds: 5", "replicas: 0\n  revisionHistoryLimit: 0"),
        Deployment.class);
  }

  /// To look at all of them takes the longer the more there are.
  void awaitDelivered() {
    await("all agents to have their settings")
        .atMost(patience)
        .pollInterval(POLL.multipliedBy(2).plusMillis(count))
        .until(() -> {
          var delivered = delivered();
          if (count >= PROGRESS) {
            System.out.printf("%,d of %,d have their settings%n", delivered, count);
          }
          return delivered == count;
        });
  }

  private long delivered() {
    var delivered = new AtomicInteger();
    Listed.each(
        stage.client().resources(ModelConfig.class).inNamespace(stage.plane.namespace()),
        one -> {
          if (served(one)) {
            delivered.incrementAndGet();
          }
        });
    return delivered.get();
  }

  /// Its agent has the settings, and it says so.
  static boolean served(ModelConfig one) {
    return one.getStatus() != null
        && "1/1".equals(one.getStatus().getAgents())
        && Objects.requireNonNullElse(one.getStatus().getConditions(), List.<Condition>of())
            .stream()
            .anyMatch(said -> said.getType().equals("Ready") && said.getStatus().equals("True"));
  }

  /// From the start of the operator until it has looked at all and has nothing left to do.
  Duration startToIdle() throws IOException {
    var begin = System.nanoTime();
    stage.start();
    awaitIdle();
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /// Each was looked at by this process, and nothing is worked on or waits. To ask takes the longer
  /// the more series there are, and is work for the operator, too.
  void awaitIdle() {
    await("the operator to be idle")
        .atMost(patience)
        .pollInterval(Duration.ofMillis(200).plus(Duration.ofMillis(count / 10)))
        .ignoreExceptions()
        .until(() ->
            measured("reconciliations_success_total") >= count
                && measured("reconciliations_active") == 0
                && measured("reconciliations_queue") == 0);
  }

  /// Everything is looked at once more.
  void touchAll() throws IOException, InterruptedException {
    var before = measured("reconciliations_success_total");
    inParallel(
        0,
        count,
        at ->
            stage
                .client()
                .apps()
                .deployments()
                .inNamespace(stage.plane.namespace())
                .withName(name(at))
                .patch("{\"metadata\":{\"labels\":{\"look\":\"again\"}}}"));
    await("another look at everything")
        .atMost(patience)
        .pollInterval(POLL)
        .ignoreExceptions()
        .until(() -> measured("reconciliations_success_total") >= before + count);
    awaitIdle();
  }

  /// Of ModelConfigs.
  private double measured(String metric) throws IOException, InterruptedException {
    return stage
        .operator()
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(metric + "{") && line.contains("\"modelconfig\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /// What the operator has written since, but for the lease.
  Requests writes(AuditLog.Mark since) {
    return stage.written(since).butLeases();
  }

  /// In use after a collection, of this process with all that the test itself holds.
  static long heap() {
    var memory = ManagementFactory.getMemoryMXBean();
    // More than once: what is referred to weakly goes in steps.
    for (int round = 0; round < 3; round++) {
      memory.gc();
    }
    return memory.getHeapMemoryUsage().getUsed();
  }

  static void inParallel(int from, int to, IntConsumer what) {
    try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      IntStream.range(from, to)
          .mapToObj(at -> threads.submit(() -> what.accept(at)))
          .toList()
          .forEach(done -> {
            try {
              done.get();
            } catch (Exception failed) {
              throw new IllegalStateException(failed);
            }
          });
    }
  }
}
