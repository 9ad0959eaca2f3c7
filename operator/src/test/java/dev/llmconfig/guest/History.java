package dev.llmconfig.guest;

import static dev.llmconfig.guest.Manifests.array;
import static dev.llmconfig.guest.Manifests.container;
import static dev.llmconfig.guest.Manifests.containers;
import static dev.llmconfig.guest.Manifests.deleted;
import static dev.llmconfig.guest.Manifests.exclusive;
import static dev.llmconfig.guest.Manifests.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.guest.WorkloadApi.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// One workload, and what people and tools do to it, at random: the writes that are seen in real
/// clusters, and the accidents.
final class History {

  private static final List<String> APPLIERS = List.of("argocd-controller", "helm", "kubectl");
  private static final List<String> UPDATERS = List.of("helm", "kubectl-replace", "terraform");
  private static final String ON_THE_CLIENT = "kubectl-client-side-apply";
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  final WorkloadKind kind;
  final String name;
  final Pieces pieces;
  private final List<String> told = new ArrayList<>();
  private final WorkloadApi api;
  private final Map<String, ObjectNode> manifests = new LinkedHashMap<>();
  private final List<ObjectNode> templates = new ArrayList<>();
  private ObjectNode live;

  History(WorkloadApi api, WorkloadKind kind, Random random) {
    this.api = api;
    this.kind = kind;
    this.name = "w" + Long.toHexString(random.nextLong());
    this.pieces = new Pieces(kind, random);
    this.live = created();
    templates.add(template(kind, live).deepCopy());
  }

  /// Everything so far, for whoever has to find out why.
  String text() {
    return kind + " " + name + ":\n" + String.join("\n", told);
  }

  ObjectNode live() {
    return live.deepCopy();
  }

  Workload workload() {
    return Workload.of(WorkloadApi.typed(kind, live));
  }

  /// Whether it is there, whoever has it.
  boolean has(FieldPath place) {
    JsonNode node = live;
    for (FieldPath.Step step : place.steps()) {
      node =
          switch (step) {
            case FieldPath.Step.Field(var field) -> node.path(field);
            case FieldPath.Step.Item(var key, var value) ->
                node.valueStream()
                    .filter(one -> one.path(key).asText().equals(value))
                    .findFirst()
                    .orElse(MissingNode.getInstance());
          };
    }
    return !node.isMissingNode();
  }

  /// What we do, told like the rest.
  Answer ours(ObjectNode patch) {
    return done("we patch " + patch, api.merge(kind, name, patch, FieldManager.US.name()));
  }

  /// As it is now, whoever has touched it.
  void refresh() {
    live = api.get(kind, name).orFail().body();
  }

  private ObjectNode created() {
    ArrayNode containers =
        array(container("agent", pieces.entries(3)), container("helper", pieces.entries(2)));
    if (pieces.chance(4)) {
      containers.addObject().put("name", "third").put("image", "x").putNull("env");
    }
    ObjectNode object = Manifests.workload(kind, name, containers);
    if (pieces.chance(3)) {
      pieces.decorate(object, "agent");
    }
    String creator = pieces.one(List.of("argocd-controller", ON_THE_CLIENT, "helm", "kubectl"));
    boolean applied = APPLIERS.contains(creator) && pieces.chance(2);
    if (applied) {
      manifests.put(creator, object);
    }
    told.add((applied ? "applied by " : "created by ") + creator);
    Answer answer =
        applied
            ? api.apply(kind, name, object, creator, false)
            : api.create(kind, creator.equals(ON_THE_CLIENT) ? noted(object) : object, creator);
    return answer.orFail().body();
  }

  /// One write by somebody else; whether the server took it.
  boolean step() {
    Answer answer =
        switch (pieces.below(17)) {
          case 0, 1, 2 -> apply(pieces.one(APPLIERS), pieces.chance(2));
          case 3, 4 -> applyOnTheClient();
          case 5, 6, 7 -> setEnv();
          case 8, 9 -> replaceEnvironments(pieces.one(UPDATERS));
          case 10 -> editLists();
          case 11, 12 -> undo();
          case 13 -> rename(pieces.one(UPDATERS));
          case 14 -> labelThroughTheStatus();
          case 15 -> decorate(pieces.one(List.of("kubectl-edit", "velero")));
          default -> pieces.chance(4) ? forget() : annotate();
        };
    return answer.ok();
  }

  private Answer apply(String manager, boolean force) {
    ObjectNode manifest = manifest(manager);
    Answer answer =
        done(
            manager + " applies" + (force ? ", forced, " : " ") + manifest.path("spec"),
            api.apply(kind, name, manifest, manager, force));
    if (answer.ok()) {
      manifests.put(manager, manifest);
    }
    return answer;
  }

  /// A manifest as this manager would have it: whole from whoever created the workload this way,
  /// else a part.
  private ObjectNode manifest(String manager) {
    Optional<ObjectNode> former = Optional.ofNullable(manifests.get(manager));
    ObjectNode manifest;
    if (former.isPresent() && former.get().path("metadata").size() > 1) {
      manifest = former.get().deepCopy();
      containers(kind, manifest).forEach(one -> refill((ObjectNode) one));
    } else {
      manifest = Manifests.bare(kind, name);
      refill(containers(kind, manifest).addObject().put("name", anyContainer()));
    }
    if (pieces.chance(3)) {
      pieces.decorate(manifest, "agent");
    }
    return manifest;
  }

  private void refill(ObjectNode container) {
    switch (pieces.below(6)) {
      case 0 -> container.putNull("env");
      case 1 -> container.putArray("env");
      case 2 -> container.remove("env");
      default -> container.putArray("env").addAll(List.of(pieces.entries(4)));
    }
  }

  /// What kubectl computes of its last manifest and the new one.
  private Answer applyOnTheClient() {
    ObjectNode patch = noted(Manifests.environment(kind, anyContainer(), pieces.changes()));
    return done(
        "applied on the client " + patch.path("spec"), api.merge(kind, name, patch, ON_THE_CLIENT));
  }

  private static ObjectNode noted(ObjectNode object) {
    object
        .withObjectProperty("metadata")
        .withObjectProperty("annotations")
        .put(LAST_APPLIED, "by " + object.hashCode());
    return object;
  }

  /// Of a variable that is there, mostly.
  private Answer setEnv() {
    JsonNode container = pieces.one(containers(kind, live).valueStream().toList());
    List<String> there =
        container.path("env").valueStream().map(one -> one.path("name").asText()).toList();
    String variable = there.isEmpty() || pieces.chance(3) ? pieces.variable() : pieces.one(there);
    JsonNode entry =
        pieces.chance(4)
            ? deleted("name", variable)
            : exclusive(Manifests.value(variable, pieces.value()));
    ObjectNode patch = Manifests.environment(kind, container.path("name").asText(), entry);
    return done("set env " + entry, api.merge(kind, name, patch, "kubectl-set"));
  }

  private Answer replaceEnvironments(String manager) {
    ObjectNode changed = unlocked();
    for (JsonNode one : containers(kind, changed)) {
      if (pieces.chance(2)) {
        ((ObjectNode) one).putArray("env").addAll(List.of(pieces.entries(4)));
      }
    }
    return done(manager + " replaces", api.replace(kind, name, changed, manager));
  }

  private Answer rename(String manager) {
    ObjectNode changed = unlocked();
    ((ObjectNode) containers(kind, changed).get(0)).put("name", "renamed" + pieces.below(100));
    return done("renamed a container", api.replace(kind, name, changed, manager));
  }

  /// What a client sends that read the object a moment ago, and does not care what came between.
  private ObjectNode unlocked() {
    ObjectNode changed = live.deepCopy();
    changed.withObjectProperty("metadata").remove("resourceVersion");
    return changed;
  }

  /// A client that knows positions only: it makes an entry twice, or removes one.
  private Answer editLists() {
    ArrayNode operations = Json.array();
    String env = "/" + String.join("/", kind.template()) + "/spec/containers/0/env";
    JsonNode entries = containers(kind, live).path(0).path("env");
    ObjectNode operation = operations.addObject();
    if (entries.isEmpty()) {
      operation.put("op", "add").put("path", env).set("value", array(pieces.plain("A")));
    } else if (pieces.chance(2)) {
      operation.put("op", "add").put("path", env + "/-");
      operation.set("value", pieces.plain(pieces.variable()));
    } else {
      operation.put("op", "remove").put("path", env + "/" + pieces.below(entries.size()));
    }
    return done("edited " + operations, api.edit(kind, name, operations, "a-controller"));
  }

  /// `kubectl rollout undo` to any earlier template.
  private Answer undo() {
    ArrayNode operations = Json.array();
    operations
        .addObject()
        .put("op", "replace")
        .put("path", "/" + String.join("/", kind.template()))
        .set("value", pieces.one(templates));
    return done("rollout undo", api.edit(kind, name, operations, "kubectl"));
  }

  private Answer labelThroughTheStatus() {
    ObjectNode patch = Json.object();
    pieces.mark(patch);
    return done("labelled through the status", api.mergeStatus(kind, name, patch, "a-controller"));
  }

  private Answer decorate(String manager) {
    ObjectNode patch = Json.object();
    pieces.decorate(patch, anyContainer());
    return done(manager + " decorates " + patch, api.merge(kind, name, patch, manager));
  }

  private Answer annotate() {
    ObjectNode patch = Json.object();
    pieces.annotations(patch).put("restartedAt", "" + pieces.below(1000));
    return done("something else", api.merge(kind, name, patch, "kubectl-rollout"));
  }

  /// All records are lost, or one manager's.
  private Answer forget() {
    var rest = Json.array();
    List<JsonNode> all = live.path("metadata").path("managedFields").valueStream().toList();
    if (!all.isEmpty() && pieces.chance(2)) {
      JsonNode lost = pieces.one(all);
      all.stream().filter(entry -> !entry.equals(lost)).forEach(rest::add);
    }
    if (rest.isEmpty()) {
      rest.addObject();
    }
    ObjectNode patch = Json.object();
    patch.putObject("metadata").set("managedFields", rest);
    return done("records are lost", api.mergePlainly(kind, name, patch, "a-cleaner"));
  }

  private String anyContainer() {
    return pieces.one(
        containers(kind, live).valueStream().map(one -> one.path("name").asText()).toList());
  }

  private Answer done(String what, Answer answer) {
    told.add((answer.ok() ? "" : "REFUSED " + answer.code() + " ") + what);
    if (answer.ok()) {
      live = answer.body();
      templates.add(template(kind, live).deepCopy());
    }
    return answer;
  }
}
