package dev.llmconfig.guest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/// A Deployment on a [FakeServer] for the tests of other packages: its owner's acts, our patches,
/// and pods that start after a while, or never.
public final class LiveWorkload {

  public static final String OWN = "OWN";
  private static final String BY_HAND = "by-hand";

  private static final WorkloadKind KIND = WorkloadKind.Deployment;
  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final FieldManager UNDO = hand("kubectl");
  private static final FieldManager SET = hand("kubectl-set");
  private static final FieldManager LABEL = hand("kubectl-label");

  /// How its pods are.
  public enum Pods {
    DONE,
    GOING,
    FAILED
  }

  private final String name;
  private final Instant created;
  private final Predicate<Workload> starts;
  private final FakeServer server;
  private final List<ObjectNode> templates = new ArrayList<>();
  private final Set<String> taken = new HashSet<>();
  private boolean broughtBack;
  private Instant changed;
  private Optional<Instant> written = Optional.empty();
  private int generation = 1;

  /// @param starts whether pods of a template become available
  public LiveWorkload(String name, Instant now, Predicate<Workload> starts) {
    this.name = name;
    this.created = now;
    this.changed = now.minus(DEADLINE);
    this.starts = starts;
    server = FakeServer.with(KIND, Manifests.container("agent", Manifests.value(OWN, "mine")));
    ObjectNode named = server.object();
    named.withObjectProperty("metadata").put("name", name).put("uid", "uid-" + name);
    server.update(FakeServer.OWNER, named);
    templates.add(server.template());
  }

  private static FieldManager hand(String name) {
    return new FieldManager(name, FieldManager.Operation.Update, "");
  }

  public String name() {
    return name;
  }

  public Workload workload() {
    return server.workload();
  }

  public String version() {
    return workload().resourceVersion();
  }

  public Optional<Instant> written() {
    return written;
  }

  public Instant changed() {
    return changed;
  }

  public Pods pods(Instant now) {
    var since = Duration.between(changed, now);
    if (starts.test(workload())) {
      return since.compareTo(START) >= 0 ? Pods.DONE : Pods.GOING;
    }
    return since.compareTo(DEADLINE) >= 0 ? Pods.FAILED : Pods.GOING;
  }

  /// As the API server has it.
  public HasMetadata object(Instant now) {
    ObjectNode whole = server.recorded();
    ObjectNode metadata = whole.withObjectProperty("metadata");
    metadata.put("generation", generation).put("creationTimestamp", created.toString());
    metadata
        .withArrayProperty("managedFields")
        .forEach(entry -> {
          if (entry.path("manager").asText().equals(FieldManager.US.name())) {
            written.ifPresent(at -> ((ObjectNode) entry).put("time", at.toString()));
          }
        });
    whole.withObjectProperty("spec").put("replicas", 2);
    ObjectNode status = whole.putObject("status");
    status.put("observedGeneration", generation).put("replicas", 2);
    var pods = pods(now);
    status.put("updatedReplicas", pods == Pods.DONE ? 2 : 1).put("availableReplicas", 2);
    ObjectNode word = status.putArray("conditions").addObject();
    word.put("type", "Progressing").put("status", pods == Pods.FAILED ? "False" : "True");
    switch (pods) {
      case DONE -> word.put("reason", "NewReplicaSetAvailable");
      case GOING -> word.put("reason", "ReplicaSetUpdated");
      case FAILED -> word.put("reason", "ProgressDeadlineExceeded");
    }
    word.put("lastUpdateTime", changed.plus(DEADLINE).toString());
    return WorkloadApi.typed(KIND, whole);
  }

  /// Everything of it that is not ours, in words.
  public String foreignPart() {
    return workload().containers().stream()
        .map(one ->
            one.getImage()
                + one.getEnv().stream()
                    .filter(variable -> variable.getName().equals(OWN))
                    .map(variable -> variable.getName() + "=" + variable.getValue())
                    .toList())
        .toList()
        .toString();
  }

  /// The variables that its owner did not write.
  public List<String> given() {
    return workload().containers().stream()
        .flatMap(one -> one.getEnv().stream())
        .filter(variable -> !variable.getName().equals(OWN))
        .map(variable ->
            variable.getValueFrom() == null
                ? variable.getName() + "=" + variable.getValue()
                : variable.getName() + "@" + variable.getValueFrom().getSecretKeyRef().getName())
        .sorted()
        .toList();
  }

  // Who writes.

  /// What we send.
  public void patched(String body, Instant now) {
    written = Optional.of(now);
    done(now, () -> server.merge(FieldManager.US, Json.parsed(body)));
  }

  public void deployed(String image, Instant now) {
    ObjectNode changed = server.object();
    ((ObjectNode) Manifests.containers(KIND, changed).get(0)).put("image", image);
    done(now, () -> server.update(FakeServer.OWNER, changed));
  }

  /// What a person wrote over ours, and whatever took its place later without us: by
  /// `managedFields` it is theirs.
  public boolean belongsToAPerson(String variable) {
    return variable.endsWith("=" + BY_HAND) || taken.contains(variable.replaceFirst("[=@].*", ""));
  }

  /// Whether a person has brought back a template of ours when we had nothing on it any more.
  public boolean broughtBack() {
    return broughtBack;
  }

  public void undone(Random random, Instant now) {
    given().stream()
        .filter(variable -> variable.endsWith("=" + BY_HAND))
        .map(variable -> variable.replaceFirst("=.*", ""))
        .forEach(taken::add);
    broughtBack |= !workload().labels().containsKey(Labels.DELIVERED_BY);
    ObjectNode changed = server.object();
    changed
        .withObjectProperty("spec")
        .set("template", templates.get(random.nextInt(templates.size())).deepCopy());
    done(now, () -> server.update(UNDO, changed));
  }

  public void setByHand(String variable, Instant now) {
    done(
        now,
        () ->
            server.merge(
                SET,
                Manifests.environment(
                    KIND, "agent", Manifests.exclusive(Manifests.value(variable, BY_HAND)))));
  }

  /// Sets a label.
  ///
  /// @param value empty to take it away
  public void labelled(String key, String value, Instant now) {
    ObjectNode changed = server.object();
    ObjectNode labels = changed.withObjectProperty("metadata").withObjectProperty("labels");
    if (value.isEmpty()) {
      labels.remove(key);
    } else {
      labels.put(key, value);
    }
    done(now, () -> server.update(LABEL, changed));
  }

  private void done(Instant now, Runnable what) {
    var before = server.template();
    what.run();
    var after = server.template();
    if (!after.equals(before)) {
      templates.add(after);
      changed = now;
      generation++;
    }
  }
}
