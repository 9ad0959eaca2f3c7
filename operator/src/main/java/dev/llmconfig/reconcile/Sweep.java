package dev.llmconfig.reconcile;

import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.guest.Guest;
import dev.llmconfig.guest.Workload;
import dev.llmconfig.plan.delivery.Unneeded;
import dev.llmconfig.plan.delivery.WorkloadWrite;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes away what agents were pointed at once and nobody needs any more. It looks at caches only,
/// now and then; nobody waits for it. What it is not sure of stays, and as long as a cache is not
/// full it is sure of nothing.
final class Sweep {

  private static final Logger log = LoggerFactory.getLogger(Sweep.class);
  static final Duration EVERY = Duration.ofSeconds(10);

  private final KubernetesClient client;
  private final WritePermission permission;
  private final Applier applier;
  private final Workloads workloads;
  private final Orphans orphans;
  private final InformerEventSource<GenericKubernetesResource, ModelConfig> secrets;
  private final InformerEventSource<GenericKubernetesResource, ModelConfig> configMaps;
  private final SweptSecrets swept;
  private final BooleanSupplier whole;
  private final InstantSource clock;

  /// When the API server was asked who else reads one, by uid.
  private final Map<String, Instant> asked = new ConcurrentHashMap<>();

  /// Workloads that were released: they carry no label any more, and may still have old pods.
  private final Map<String, Released> released = new ConcurrentHashMap<>();

  private record Released(HasMetadata workload, Instant at) {}

  Sweep(
      KubernetesClient client,
      WritePermission permission,
      Applier applier,
      Workloads workloads,
      Orphans orphans,
      InformerEventSource<GenericKubernetesResource, ModelConfig> secrets,
      InformerEventSource<GenericKubernetesResource, ModelConfig> configMaps,
      SweptSecrets swept,
      BooleanSupplier whole,
      InstantSource clock) {
    this.client = client;
    this.permission = permission;
    this.applier = applier;
    this.workloads = workloads;
    this.orphans = orphans;
    this.secrets = secrets;
    this.configMaps = configMaps;
    this.swept = swept;
    this.whole = whole;
    this.clock = clock;
  }

  void released(HasMetadata workload) {
    released.put(workload.getMetadata().getUid(), new Released(workload, clock.instant()));
  }

  /// Until the answer is closed.
  AutoCloseable begin() {
    var timer = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
    var unused =
        timer.scheduleWithFixedDelay(
            this::lookSafely, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return timer::shutdownNow;
  }

  /// A loop that ends with a failure would end unseen.
  private void lookSafely() {
    try {
      look();
    } catch (RuntimeException failed) {
      log.atDebug()
          .addKeyValue("cause", failed.getClass().getSimpleName())
          .log("The sweep did not come to its end; it is tried again");
    }
  }

  /// Once through all there is.
  void look() {
    if (!whole.getAsBoolean()) {
      return;
    }
    var now = clock.instant();
    var all = workloads.all().toList();
    orphans.among(all, now).forEach(this::release);
    var waiting = waiting(now);
    var byNamespace = all.stream().collect(Collectors.groupingBy(Sweep::namespace));
    needless(secrets, byNamespace, secret -> swept.stays(secret, now), waiting, now).stream()
        .filter(one -> !SweptSecrets.environment(one) || unread(one, now))
        .forEach(one -> delete(one, client.secrets()));
    needless(configMaps, byNamespace, _ -> false, waiting, now)
        .forEach(one -> delete(one, client.configMaps()));
  }

  private void release(HasMetadata orphan) {
    var patch = Guest.release(Workload.of(orphan), Set.of());
    if (patch.body().isEmpty()) {
      return;
    }
    try {
      var answer = applier.patch(new WorkloadWrite(orphan, patch, List.of()));
      workloads.wrote(answer);
      released(answer);
      said(orphan, "A workload was released whose ModelConfig is gone");
    } catch (KubernetesClientException refused) {
      unlessTriedAgain(refused, orphan, "A workload could not be released");
    }
  }

  /// Namespaces with a workload that was released and may still have pods from before. It carries
  /// no label any more, so no watch of ours shows it.
  private Set<String> waiting(Instant now) {
    for (var one : List.copyOf(released.values())) {
      var uid = one.workload.getMetadata().getUid();
      var present = client.resource(one.workload).get();
      if (present == null
          || !present.getMetadata().getUid().equals(uid)
          || !Unneeded.waitsFor(present, Optional.of(one.at), now)) {
        released.remove(uid);
      }
    }
    return released.values().stream()
        .map(one -> one.workload.getMetadata().getNamespace())
        .collect(Collectors.toSet());
  }

  private static List<HasMetadata> needless(
      InformerEventSource<GenericKubernetesResource, ModelConfig> source,
      Map<String, List<HasMetadata>> workloads,
      Predicate<HasMetadata> kept,
      Set<String> waiting,
      Instant now) {
    return source.list().collect(Collectors.groupingBy(Sweep::namespace)).entrySet().stream()
        .filter(entry -> !waiting.contains(entry.getKey()))
        .flatMap(entry -> {
          var byName =
              entry.getValue().stream()
                  .collect(Collectors.toMap(one -> one.getMetadata().getName(), one -> one));
          return Unneeded.of(
                  byName.keySet(),
                  workloads.getOrDefault(entry.getKey(), List.of()),
                  name -> Optional.ofNullable(byName.get(name)).filter(kept).isPresent(),
                  now)
              .stream()
              .flatMap(name -> Stream.<HasMetadata>ofNullable(byName.get(name)));
        })
        .filter(one -> old(one, now))
        .toList();
  }

  private static String namespace(HasMetadata object) {
    return object.getMetadata().getNamespace();
  }

  /// What was made just now is about to be named.
  private static boolean old(HasMetadata object, Instant now) {
    return Instant.parse(object.getMetadata().getCreationTimestamp())
        .plus(Duration.ofMinutes(1))
        .isBefore(now);
  }

  /// Whoever reads it need bear no label of ours, so the watches do not tell.
  private boolean unread(HasMetadata secret, Instant now) {
    asked.values().removeIf(at -> at.plus(Controllers.BELT).isBefore(now));
    return asked.putIfAbsent(secret.getMetadata().getUid(), now) == null
        && Readers.of(client, secret).findAny().isEmpty();
  }

  private <R extends HasMetadata> void delete(
      HasMetadata object, MixedOperation<R, ?, Resource<R>> objects) {
    permission.check();
    var meta = object.getMetadata();
    try {
      objects
          .inNamespace(meta.getNamespace())
          .withName(meta.getName())
          .lockResourceVersion(meta.getResourceVersion())
          .delete();
      said(object, "What no agent needs any more was deleted");
    } catch (KubernetesClientException refused) {
      unlessTriedAgain(refused, object, "What no agent needs any more could not be deleted");
    }
  }

  /// @param what as a constant phrase
  private static void said(HasMetadata about, String what) {
    log.atInfo()
        .addKeyValue("namespace", about.getMetadata().getNamespace())
        .addKeyValue("name", about.getMetadata().getName())
        .log(what);
  }

  private static void unlessTriedAgain(
      KubernetesClientException refused, HasMetadata about, String what) {
    if (!Set.of(400, 403, 404, 409, 422).contains(refused.getCode())) {
      throw refused;
    }
    log.atDebug()
        .addKeyValue("namespace", about.getMetadata().getNamespace())
        .addKeyValue("name", about.getMetadata().getName())
        .addKeyValue("code", refused.getCode())
        .log(what);
  }
}
