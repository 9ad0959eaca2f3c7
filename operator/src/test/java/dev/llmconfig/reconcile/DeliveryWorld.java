package dev.llmconfig.reconcile;

import dev.llmconfig.agent.Profiles;
import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.Labels;
import dev.llmconfig.api.VerdictKind;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.api.v1alpha1.ModelConfigSpec;
import dev.llmconfig.api.v1alpha1.ModelConfigStatus;
import dev.llmconfig.catalogue.Attribute;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.catalogue.Facts;
import dev.llmconfig.catalogue.Retirement.Listing;
import dev.llmconfig.catalogue.Source;
import dev.llmconfig.domain.DefaultClaim;
import dev.llmconfig.domain.ModelSettings;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.guest.LiveWorkload;
import dev.llmconfig.guest.Workload;
import dev.llmconfig.plan.Listed;
import dev.llmconfig.plan.ModelAnswer;
import dev.llmconfig.plan.ModelObserved;
import dev.llmconfig.plan.ModelPlanner;
import dev.llmconfig.plan.delivery.DeliveryObserved;
import dev.llmconfig.plan.delivery.DeliveryPlan;
import dev.llmconfig.plan.delivery.DeliveryPlanner;
import dev.llmconfig.plan.delivery.Holders;
import dev.llmconfig.plan.delivery.Need;
import dev.llmconfig.plan.delivery.ProvidedNames;
import dev.llmconfig.plan.delivery.WorkloadWrite;
import dev.llmconfig.plan.rollout.Hindrance;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A namespace without a cluster: a key, ModelConfigs, agents and their owners, and in between all
/// of the code that decides on a delivery. It notes on the way what must never happen.
final class DeliveryWorld {

  static final String BROKEN = "gpt-4o";
  static final String BAD_IMAGE = "broken:1";

  /// Thrown where a process dies.
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static final Catalogue CATALOGUE = Catalogue.packed();
  private static final Profiles PROFILES = Profiles.builtIn();

  final Map<String, LiveWorkload> workloads = new TreeMap<>();
  final Map<String, ModelConfig> models = new TreeMap<>();
  final List<String> breaches = new ArrayList<>();
  final List<String> told = new ArrayList<>();
  final Set<String> secrets = new HashSet<>();
  Instant now = Instant.parse("2026-11-20T12:00:00Z");
  private final Random random;
  private final Map<String, String> startedBy = new HashMap<>();
  private DeliveryMemories memories = new DeliveryMemories();
  private List<Integer> keys = List.of(1);
  private boolean keyReady = true;
  private int deadIn = Integer.MAX_VALUE;
  private boolean answers = true;
  private Listed listed = Listed.UNKNOWN;
  private boolean accidents = true;

  /// Whether nobody but us has written in this step.
  private boolean untouched = true;

  DeliveryWorld(Random random) {
    this.random = random;
  }

  // What people do.

  void agent(String name, String label) {
    if (workloads.containsKey(name)) {
      return;
    }
    var live = new LiveWorkload(name, now.minusSeconds(86_400), DeliveryWorld::starts);
    workloads.put(name, live);
    live.labelled(Labels.MODEL_CONFIG, label, now);
  }

  private static boolean starts(Workload workload) {
    return workload.template().getSpec().getContainers().stream()
        .allMatch(one ->
            !one.getImage().equals(BAD_IMAGE)
                && one.getEnv().stream().noneMatch(variable -> BROKEN.equals(variable.getValue())));
  }

  void rotate() {
    keys = List.of(keys.getLast(), keys.getLast() + 1);
  }

  void keyReady(boolean ready) {
    keyReady = ready;
  }

  void answers(boolean yes) {
    answers = yes;
  }

  /// What a list says is discovered, so nobody may notice (traps R1).
  void listsAnew() {
    var source = Source.provider(LocalDate.of(2026, 11, 19));
    listed =
        new Listed(
            List.of(Listing.values()).get(random.nextInt(Listing.values().length)),
            Facts.none()
                .with(Attribute.CONTEXT_TOKENS, random.nextLong(1, 5000), source)
                .with(Attribute.MAX_OUTPUT_TOKENS, random.nextLong(1, 5000), source));
  }

  void model(String name, String model, boolean isDefault, boolean suspended) {
    var before = models.get(name);
    var text =
        """
        apiVersion: llmconfig.dev/v1alpha1
        kind: ModelConfig
        metadata: {namespace: ns, name: %1$s, uid: uid-%1$s, generation: %2$d, creationTimestamp: "2026-11-01T00:00:00Z"}
        spec:
          apiKeyRef: {name: openai}
          model: %3$s
          isDefault: %4$s
          suspend: %5$s
          delivery: {rollout: {maxParallel: 2}}
        """
            .formatted(
                name,
                before == null ? 1 : before.getMetadata().getGeneration() + 1,
                model,
                isDefault,
                suspended);
    var after = ModelFolder.OBJECTS.unmarshal(text, ModelConfig.class);
    if (before != null) {
      if (before.isMarkedForDeletion()) {
        return;
      }
      after.setStatus(before.getStatus());
      after.getMetadata().setAnnotations(before.getMetadata().getAnnotations());
    }
    models.put(name, after);
  }

  /// A new spec, as somebody saves it.
  void spec(String name, ModelConfigSpec spec) {
    var config = Objects.requireNonNull(models.get(name));
    config.setSpec(spec);
    config.getMetadata().setGeneration(config.getMetadata().getGeneration() + 1);
  }

  void approve(String name) {
    Optional.ofNullable(models.get(name))
        .flatMap(one -> Optional.ofNullable(one.getStatus()).map(ModelConfigStatus::getCandidate))
        .ifPresent(revision ->
            Objects.requireNonNull(models.get(name))
                .getMetadata()
                .setAnnotations(new HashMap<>(Map.of(Annotations.APPROVED_REVISION, revision))));
  }

  void retry(String name) {
    Optional.ofNullable(models.get(name))
        .ifPresent(one ->
            one.getMetadata()
                .setAnnotations(
                    new HashMap<>(Map.of(Annotations.RETRY_REQUESTED_AT, now.toString()))));
  }

  void deleted(String name) {
    Optional.ofNullable(models.get(name))
        .ifPresent(one -> one.getMetadata().setDeletionTimestamp(now.toString()));
  }

  void noMoreAccidents() {
    accidents = false;
  }

  /// Name of the Secret with the current key.
  String current() {
    return secret(keys.getLast());
  }

  /// It dies after so many writes, and forgets.
  void forgetfulAfter(int writes) {
    deadIn = writes;
  }

  void pass(Duration time) {
    now = now.plus(time);
    // What no template names and nobody holds goes.
    var held = keys.stream().map(DeliveryWorld::secret).collect(Collectors.toSet());
    var named =
        workloads.values().stream()
            .flatMap(one -> ProvidedNames.in(one.workload().template()))
            .collect(Collectors.toSet());
    secrets.removeIf(one -> !held.contains(one) && !named.contains(one));
  }

  // What the operator does.

  void reconcile(String name) {
    if (!models.containsKey(name)) {
      return;
    }
    try {
      step(name, Objects.requireNonNull(models.get(name)));
    } catch (Killed _) {
      told.add("the operator dies");
      deadIn = Integer.MAX_VALUE;
      memories = new DeliveryMemories();
    }
  }

  private void step(String name, ModelConfig config) {
    if (!(Parsing.model(config) instanceof Validated.Valid<ModelSettings>(var declared))) {
      throw new AssertionError("it can be read");
    }
    var outlook = ModelPlanner.judge(observed(config, declared));
    var around = workloads.values().stream().map(one -> one.object(now)).toList();
    var seen =
        new DeliveryObserved(
            outlook,
            around,
            holders(),
            Set.copyOf(secrets),
            memories.of(declared.uid(), outlook, around, now),
            Map.of(),
            Optional.ofNullable(config.getMetadata().getDeletionTimestamp())
                .map(since -> Instant.parse(since).plusSeconds(30)));
    var plan = DeliveryPlanner.plan(seen);
    var missing = new HashMap<String, Hindrance>();
    for (var found = provide(plan);
        !missing.keySet().containsAll(found.keySet());
        found = provide(plan)) {
      missing.putAll(found);
      seen = seen.with(seen.memory().missing(missing));
      plan = DeliveryPlanner.plan(seen);
    }
    var written = new HashSet<String>();
    for (var write : plan.writes()) {
      if (accidents && random.nextInt(12) == 0) {
        own(random);
      }
      mayDie();
      if (send(name, config, write)) {
        written.add(write.object().getMetadata().getUid());
      }
    }
    memories.lost(plan.lost(), around, written, now);
    List<HasMetadata> after = workloads.values().stream().map(one -> one.object(now)).toList();
    var then =
        DeliveryPlanner.plan(
            seen.with(after).with(seen.memory().after(plan).refused(memories.refused(after, now))));
    then.writes().stream()
        .filter(write -> written.contains(write.object().getMetadata().getUid()))
        .filter(_ -> untouched)
        .forEach(write -> breaches.add("written twice: " + write.body()));
    untouched = true;
    memories.keep(declared.uid(), then);
    mayDie();
    if (declared.deleting() && then.writes().isEmpty() && !then.guarded()) {
      models.remove(name);
      return;
    }
    var report = ModelPlanner.report(outlook, then.condition());
    report.ifPresent(one -> config.setStatus(ModelStatus.of(one, then, config.getStatus(), now)));
  }

  private boolean send(String name, ModelConfig config, WorkloadWrite write) {
    var live = Objects.requireNonNull(workloads.get(write.object().getMetadata().getName()));
    if (!write.object().getMetadata().getResourceVersion().equals(live.version())) {
      return false; // 409
    }
    var before = live.workload();
    var carried = before.templateAnnotation(Annotations.RENDERED);
    var foreign = live.foreignPart();
    var pods = live.pods(now);
    var stranded = !ProvidedNames.in(before.template()).allMatch(secrets::contains);
    live.patched(write.body(), now);
    told.add(name + " patches " + live.name() + ": " + write.body());
    var after = live.workload();
    if (!foreign.equals(live.foreignPart())) {
      breaches.add("not ours: " + foreign + " became " + live.foreignPart());
    }
    var named = ProvidedNames.in(before.template()).toList();
    ProvidedNames.in(after.template())
        .filter(secret -> !secrets.contains(secret) && !named.contains(secret))
        .forEach(secret -> breaches.add(live.name() + " names " + secret + ", which is not there"));
    var restarted = live.changed().equals(now) && !before.template().equals(after.template());
    // Who comes, who is given back to its owner, and who was restarted by a person and gets back
    // what that one took, waits for no turn.
    var carries = after.templateAnnotation(Annotations.RENDERED);
    var rolled = carried.isPresent() && carries.isPresent() && !carries.equals(carried);
    if (restarted && rolled && !stranded && pods != LiveWorkload.Pods.FAILED) {
      startedBy.put(live.name(), name);
    } else if (restarted) {
      startedBy.remove(live.name());
    }
    if (restarted) {
      tooMany(name);
    }
    var failed = config.getStatus() == null ? null : config.getStatus().getFailedRevision();
    var revision = after.templateAnnotation(Annotations.REVISION);
    if (failed != null
        && !failed.equals(config.getStatus().getRevision())
        && !wishes(config)
        && revision.filter(failed::equals).isPresent()
        && !before.templateAnnotation(Annotations.REVISION).equals(revision)) {
      breaches.add(live.name() + " gets " + failed + ", which has failed");
    }
    return true;
  }

  private static boolean wishes(ModelConfig config) {
    var wish =
        Optional.ofNullable(config.getMetadata().getAnnotations())
            .map(all -> all.get(Annotations.RETRY_REQUESTED_AT));
    var handled = Optional.ofNullable(config.getStatus().getHandled()).map(one -> one.getRetry());
    return wish.isPresent() && !wish.equals(handled);
  }

  private void tooMany(String name) {
    startedBy
        .keySet()
        .removeIf(
            one -> Objects.requireNonNull(workloads.get(one)).pods(now) != LiveWorkload.Pods.GOING);
    var going =
        startedBy.entrySet().stream()
            .filter(one -> one.getValue().equals(name))
            .map(Map.Entry::getKey)
            .filter(one -> holder(one).equals(name))
            .toList();
    if (going.size() > 2) {
      breaches.add(name + " rolls " + going + " at a time");
    }
  }

  String holder(String workload) {
    return holders().of(Objects.requireNonNull(workloads.get(workload)).workload().labels())
            instanceof Holders.Holder.One(var name)
        ? name
        : "";
  }

  /// Something that an owner does to an agent.
  void own(Random random) {
    var all = List.copyOf(workloads.values());
    if (all.isEmpty()) {
      return;
    }
    untouched = false;
    var one = all.get(random.nextInt(all.size()));
    startedBy.remove(one.name());
    switch (random.nextInt(8)) {
      case 0 -> {
        told.add("undo " + one.name());
        one.undone(random, now);
      }
      case 1 -> {
        told.add("set by hand " + one.name());
        one.setByHand("OPENAI_MODEL", now);
      }
      case 2, 3 -> {
        var label = List.of("a", "b", "default", "").get(random.nextInt(4));
        told.add("label " + one.name() + " " + label);
        one.labelled(Labels.MODEL_CONFIG, label, now);
      }
      case 4 -> {
        told.add("breaks " + one.name());
        one.deployed(BAD_IMAGE, now);
      }
      default -> {
        told.add("deploys " + one.name());
        one.deployed("agent:" + random.nextInt(9), now);
      }
    }
  }

  private void mayDie() {
    if (deadIn-- <= 0) {
      throw new Killed();
    }
  }

  private Map<String, Hindrance> provide(DeliveryPlan plan) {
    var needs = new LinkedHashSet<Need>(plan.needs());
    plan.writes().forEach(write -> needs.addAll(write.needs()));
    var missing = new HashMap<String, Hindrance>();
    for (var need : needs) {
      var held =
          need instanceof Need.Files
              || keys.stream().map(DeliveryWorld::secret).anyMatch(need.name()::equals);
      if (held) {
        secrets.add(need.name());
      } else if (!secrets.contains(need.name())) {
        missing.put(need.name(), new Hindrance(ConditionReason.KeyNotReady, "it is not held"));
      }
    }
    return missing;
  }

  private static String secret(int key) {
    return "openai-llmkey-" + revision(key);
  }

  private static String revision(int key) {
    return "r-%010d".formatted(key);
  }

  private ModelObserved observed(ModelConfig config, ModelSettings declared) {
    return new ModelObserved(
        declared,
        Parsing.keyState(Optional.of(key())),
        CATALOGUE,
        PROFILES,
        listed,
        models.values().stream()
            .filter(other -> !other.getMetadata().getName().equals(config.getMetadata().getName()))
            .flatMap(other -> Parsing.defaultClaim(other).stream())
            .toList(),
        Optional.of(now.minusSeconds(60)),
        ModelMemory.of(config.getStatus()),
        answers
            ? Optional.of(
                new ModelAnswer(
                    VerdictReason.ModelAvailable,
                    VerdictKind.Accepted,
                    List.of(),
                    Optional.empty()))
            : Optional.empty(),
        false,
        now);
  }

  ApiKeyConfig key() {
    return ModelFolder.OBJECTS.unmarshal(
        """
        apiVersion: llmconfig.dev/v1alpha1
        kind: ApiKeyConfig
        metadata: {namespace: ns, name: openai, generation: 1}
        spec: {provider: OpenAI, secretRef: {name: openai}}
        status:
          observedGeneration: 1
          revision: %s
          endpoint: https://api.openai.com/v1
          conditions:
          - {type: Ready, status: "%s", reason: %s, message: So., observedGeneration: 1, lastTransitionTime: "2026-11-01T00:00:00Z"}
        """
            .formatted(
                revision(keys.getLast()),
                keyReady ? "True" : "False",
                keyReady ? "Verified" : "Suspended"),
        ApiKeyConfig.class);
  }

  private Holders holders() {
    var staying = models.values().stream().filter(one -> !one.isMarkedForDeletion()).toList();
    return new Holders(
        staying.stream().map(one -> one.getMetadata().getName()).collect(Collectors.toSet()),
        staying.stream()
            .flatMap(one -> Parsing.defaultClaim(one).stream())
            .min(DefaultClaim::compareTo)
            .map(DefaultClaim::name),
        List.of());
  }

  /// Until nothing moves any more, even where what does not start is waited for.
  void rest(Collection<String> order) {
    rest(order, 17);
  }

  /// With so many turns at least.
  void rest(Collection<String> order, int turns) {
    for (int turn = 1; turn <= 40; turn++) {
      var before = told.size();
      order.forEach(this::reconcile);
      pass(Duration.ofSeconds(40));
      if (told.size() == before && turn > turns) {
        return;
      }
    }
    breaches.add("it does not come to rest: " + told.subList(told.size() - 5, told.size()));
  }
}
