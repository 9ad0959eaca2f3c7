package dev.llmconfig.agents;

import static dev.llmconfig.agents.ManyAgents.name;

import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.testing.Requests;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// New ModelConfigs, each with an agent, until all have their settings: once served by the
/// operator, and once in a namespace that it does not see, where a client in parallel sends the
/// same writes and decides nothing. Both wait until the Deployments' own controller has seen it.
final class Arrivals implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
  private static final PatchContext STRATEGIC = PatchContext.of(PatchType.STRATEGIC_MERGE);

  private final ManyAgents agents;
  private final KubernetesClient client;
  private final String elsewhere;
  private final Set<String> served = ConcurrentHashMap.newKeySet();
  private final List<Watch> watches;
  private volatile CountDownLatch awaited = new CountDownLatch(0);
  private volatile Set<String> expected = Set.of();
  private volatile String last = "";

  Arrivals(ManyAgents agents) {
    this.agents = agents;
    this.client = agents.stage.client();
    this.elsewhere = agents.stage.plane.namespace() + "-bare";
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(elsewhere).endMetadata().build())
        .create();
    var here = client.resources(ModelConfig.class).inNamespace(agents.stage.plane.namespace());
    this.watches =
        List.of(
            here.watch(hearing(one -> heard(one, ManyAgents.served(one)))),
            client
                .apps()
                .deployments()
                .inNamespace(elsewhere)
                .watch(hearing(one -> heard(one, settled(one)))));
  }

  private boolean settled(Deployment one) {
    var annotations = one.getSpec().getTemplate().getMetadata().getAnnotations();
    return one.getStatus() != null
        && annotations != null
        && last.equals(annotations.get(Annotations.RENDERED))
        && one.getMetadata().getGeneration().equals(one.getStatus().getObservedGeneration());
  }

  private static <T> Watcher<T> hearing(Consumer<T> told) {
    return new Watcher<>() {
      @Override
      public void eventReceived(Action action, T object) {
        told.accept(object);
      }

      @Override
      public void onClose(WatcherException cause) {}
    };
  }

  private synchronized void heard(HasMetadata one, boolean done) {
    var meta = one.getMetadata();
    if (done && expected.contains(meta.getName()) && served.add(meta.getUid())) {
      awaited.countDown();
    }
  }

  private synchronized void expect(int from, int to) {
    var names = ConcurrentHashMap.<String>newKeySet();
    for (int at = from; at < to; at++) {
      names.add(name(at));
    }
    expected = names;
    awaited = new CountDownLatch(to - from);
  }

  /// In seconds.
  double ours(int from, int to) throws InterruptedException {
    expect(from, to);
    var begin = System.nanoTime();
    ManyAgents.inParallel(
        from,
        to,
        at -> {
          agents.create(agents.agent(name(at), name(at)));
          agents.create(agents.model(at));
        });
    return arrived(begin);
  }

  private double arrived(long begin) throws InterruptedException {
    if (!awaited.await(PATIENCE.toMinutes(), TimeUnit.MINUTES)) {
      throw new IllegalStateException(awaited.getCount() + " of them have no settings");
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  /// How many writes of each kind one agent takes.
  record Writes(int patches, int statuses, int events) {
    static Writes of(Requests requests, int agents) {
      return new Writes(
          share(requests.on("deployments"), agents),
          share(requests.on("modelconfigs"), agents),
          share(requests.on("events"), agents));
    }

    private static int share(Requests of, int agents) {
      return Math.round(of.count() / (float) agents);
    }
  }

  /// In seconds.
  double bare(int from, int to, Writes writes) throws InterruptedException {
    last = "d-" + (writes.patches - 1);
    expect(from, to);
    var begin = System.nanoTime();
    ManyAgents.inParallel(
        from,
        to,
        at -> {
          create(agents.agent(name(at), name(at)));
          create(agents.model(at));
          for (int patch = 0; patch < writes.patches; patch++) {
            client
                .apps()
                .deployments()
                .inNamespace(elsewhere)
                .withName(name(at))
                .patch(STRATEGIC, settings(patch));
          }
          for (int status = 0; status < writes.statuses; status++) {
            client
                .resources(ModelConfig.class)
                .inNamespace(elsewhere)
                .withName(name(at))
                .subresource("status")
                .patch(MERGE, "{\"status\": {\"agents\": \"%d/1\"}}".formatted(status));
          }
          for (int event = 0; event < writes.events; event++) {
            tell(name(at));
          }
        });
    return arrived(begin);
  }

  private void create(HasMetadata object) {
    object.getMetadata().setNamespace(elsewhere);
    agents.create(object);
  }

  private static String settings(int patch) {
    return """
    {"spec": {"template": {
      "metadata": {"annotations": {"%1$s": "m-%3$d", "%2$s": "d-%3$d"}},
      "spec": {"containers": [{"name": "agent", "env": [
        {"name": "OPENAI_MODEL", "value": "gemini-2.5-flash"},
        {"name": "OPENAI_API_KEY", "valueFrom": {"secretKeyRef": {"name": "a-key", "key": "api-key"}}}]}]}}}}
    """
        .formatted(Annotations.REVISION, Annotations.RENDERED, patch);
  }

  private void tell(String about) {
    client
        .v1()
        .events()
        .inNamespace(elsewhere)
        .resource(
            new EventBuilder()
                .withNewMetadata()
                .withNamespace(elsewhere)
                .withGenerateName(about + "-")
                .endMetadata()
                .withNewInvolvedObject()
                .withKind("ModelConfig")
                .withNamespace(elsewhere)
                .withName(about)
                .endInvolvedObject()
                .withType("Normal")
                .withReason("RolloutStarted")
                .withMessage(Serialization.asJson(about))
                .build())
        .create();
  }

  @Override
  public void close() {
    watches.forEach(Watch::close);
  }
}
