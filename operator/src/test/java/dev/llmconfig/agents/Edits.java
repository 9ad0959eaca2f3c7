package dev.llmconfig.agents;

import static dev.llmconfig.agents.ManyAgents.name;

import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// How long a changed parameter takes to be seen in a Deployment by somebody who watches it. One
/// edit at a time, each arm in turn, so that all of them meet the same minutes.
final class Edits implements AutoCloseable {

  /// Who writes to the Deployment.
  enum Arm {
    /// A person changes the ModelConfig, and the operator does the rest.
    OPERATOR,
    /// A client sends the operator's patch of the Deployment itself: one write.
    CLIENT,
    /// A client that only watches ConfigMaps and patches: what anybody needs who is told by a
    /// watch.
    WATCHER
  }

  private static final String VARIABLE = "SPRING_AI_OPENAI_CHAT_TEMPERATURE";
  private static final int BARE = 50;
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
  private static final PatchContext STRATEGIC = PatchContext.of(PatchType.STRATEGIC_MERGE);

  private final ManyAgents agents;
  private final AgentStage stage;
  private final Map<String, CompletableFuture<Long>> awaited = new ConcurrentHashMap<>();
  private final List<Watch> watches = new ArrayList<>();
  private final AtomicInteger number = new AtomicInteger();

  Edits(ManyAgents agents) {
    this.agents = agents;
    this.stage = agents.stage;
    var like = stage.deployment(name(0));
    ManyAgents.inParallel(
        0,
        BARE,
        at -> {
          agents.create(bare("bare-" + at, like));
          agents.create(map("bare-" + at, "0.2"));
        });
    var client = stage.client();
    var namespace = stage.plane.namespace();
    watches.add(client.apps().deployments().inNamespace(namespace).watch(hearing(this::heard)));
    watches.add(client.configMaps().inNamespace(namespace).watch(hearing(this::changed)));
  }

  /// Milliseconds of each edit.
  static final class Took {

    private final Map<Arm, List<Double>> times = new EnumMap<>(Arm.class);

    void add(Arm arm, double millis) {
      of(arm).add(millis);
    }

    void add(Took more) {
      more.times.forEach((arm, all) -> of(arm).addAll(all));
    }

    double ratio(Arm arm, double part) {
      return percentile(arm, part) / percentile(Arm.CLIENT, part);
    }

    double percentile(Arm arm, double part) {
      var sorted = of(arm).stream().sorted().toList();
      return sorted.get((int) Math.ceil(sorted.size() * part) - 1);
    }

    private List<Double> of(Arm arm) {
      return times.computeIfAbsent(arm, _ -> new ArrayList<>());
    }
  }

  Took round(int edits) throws Exception {
    var took = new Took();
    for (int edit = 0; edit < edits; edit++) {
      for (int turn = 0; turn < Arm.values().length; turn++) {
        var arm = Arm.values()[(edit + turn) % Arm.values().length];
        took.add(arm, edit(arm));
      }
    }
    return took;
  }

  double edit(Arm arm) throws Exception {
    var at = number.getAndIncrement();
    var value = "0.%03d1".formatted(at % 1000);
    // Spread over all of them, and the same one not twice.
    var model = name((int) ((at * 7919L) % agents.count));
    var deployment = arm == Arm.OPERATOR ? model : "bare-" + at % BARE;
    var seen = new CompletableFuture<Long>();
    awaited.put(deployment + "=" + value, seen);
    var begin = System.nanoTime();
    switch (arm) {
      case OPERATOR ->
          stage
              .client()
              .resources(ModelConfig.class)
              .inNamespace(stage.plane.namespace())
              .withName(model)
              .patch(MERGE, "{\"spec\":{\"parameters\":{\"temperature\":%s}}}".formatted(value));
      case CLIENT -> patch(deployment, value);
      case WATCHER ->
          stage
              .client()
              .configMaps()
              .inNamespace(stage.plane.namespace())
              .withName(deployment)
              .patch(MERGE, "{\"data\":{\"temperature\":\"%s\"}}".formatted(value));
    }
    var took = (seen.get(30, TimeUnit.SECONDS) - begin) / 1e6;
    if (arm == Arm.OPERATOR) {
      // What it says about it afterwards is not to be in the way of the next arm.
      stage.awaits(model + " to say so", () -> stage.seen(model) && settled(model));
    }
    return took;
  }

  private boolean settled(String model) {
    return stage.status(model).getCandidate() == null && stage.served(model).equals("1/1");
  }

  private void patch(String deployment, String value) {
    stage
        .client()
        .apps()
        .deployments()
        .inNamespace(stage.plane.namespace())
        .withName(deployment)
        .patch(
            STRATEGIC,
            """
            {"spec": {"template": {
              "metadata": {"annotations": {"%1$s": "m-%4$s", "%2$s": "d-%4$s"}},
              "spec": {"containers": [{"name": "agent", "env": [{"name": "%3$s", "value": "%4$s"}]}]}}}}
            """
                .formatted(Annotations.REVISION, Annotations.RENDERED, VARIABLE, value));
  }

  /// With all that was delivered to the other, and nobody's but the client's.
  private Deployment bare(String name, Deployment like) {
    return new DeploymentBuilder(like)
        .withNewMetadata()
        .withNamespace(stage.plane.namespace())
        .withName(name)
        .endMetadata()
        .withStatus(null)
        .build();
  }

  private void heard(Deployment one) {
    var now = System.nanoTime();
    one.getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv().stream()
        .filter(variable -> VARIABLE.equals(variable.getName()))
        .map(variable -> one.getMetadata().getName() + "=" + variable.getValue())
        .flatMap(edit -> Optional.ofNullable(awaited.remove(edit)).stream())
        .forEach(seen -> seen.complete(now));
  }

  private void changed(ConfigMap one) {
    var value = one.getData() == null ? null : one.getData().get("temperature");
    if (value != null && awaited.containsKey(one.getMetadata().getName() + "=" + value)) {
      Thread.ofVirtual().start(() -> patch(one.getMetadata().getName(), value));
    }
  }

  private ConfigMap map(String name, String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(stage.plane.namespace())
        .withName(name)
        .endMetadata()
        .addToData("temperature", value)
        .build();
  }

  private static <T> Watcher<T> hearing(Consumer<T> told) {
    return new Watcher<>() {
      @Override
      public void eventReceived(Action action, T object) {
        // Also what was there when the watch began: an edit may be faster than its first answer.
        told.accept(object);
      }

      @Override
      public void onClose(WatcherException cause) {}
    };
  }

  @Override
  public void close() {
    watches.forEach(Watch::close);
  }
}
