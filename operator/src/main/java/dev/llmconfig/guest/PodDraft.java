package dev.llmconfig.guest;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.agent.KubernetesFiles;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The part of the patch below `spec` of the pod template: variables, mounts, and the volume.
final class PodDraft {

  private static final String NAME = "name";
  private static final String PATH = "mountPath";

  private final Workload workload;
  private final Ownership ownership;
  private final Set<String> known;
  private final boolean changing;
  private final boolean leaving;
  private boolean impossible;
  private final Draft draft;
  private final ObjectNode spec = Json.object();

  private PodDraft(
      Workload workload,
      Ownership ownership,
      Set<String> known,
      boolean changing,
      boolean leaving) {
    this.workload = workload;
    this.ownership = ownership;
    this.known = known;
    this.changing = changing;
    this.leaving = leaving;
    this.draft = new Draft(changing);
  }

  /// What gives these containers this content.
  static PodDraft delivery(
      Workload workload,
      Ownership ownership,
      Delivery delivery,
      List<String> containers,
      boolean changing) {
    var pod = new PodDraft(workload, ownership, delivery.known(), changing, false);
    switch (delivery.content()) {
      case Content.Variables(var entries) ->
          pod.fill(containers, entries.stream().map(Json::of).toList(), List.of(), List.of());
      case Content.Files(var volume, var mount) ->
          pod.fill(containers, List.of(), List.of(Json.of(mount)), List.of(volume(volume)));
      case Content.Referenced() -> pod.fill(containers, List.of(), List.of(), List.of());
    }
    return pod;
  }

  /// What takes everything of ours away.
  static PodDraft release(Workload workload, Ownership ownership, Set<String> known) {
    var pod = new PodDraft(workload, ownership, known, true, true);
    pod.fill(List.of(), List.of(), List.of(), List.of());
    return pod;
  }

  Draft draft() {
    return draft;
  }

  /// Empty when nothing changes.
  ObjectNode spec() {
    return spec;
  }

  /// The volume is somebody else's: without it there is nothing to mount, and a mount would find
  /// theirs.
  boolean impossible() {
    return impossible;
  }

  /// With the mode that the server gives it, so that it compares equal with what is there.
  private static ObjectNode volume(Volume volume) {
    ObjectNode wanted = Json.of(volume);
    ObjectNode projected = wanted.withObjectProperty("projected");
    if (!projected.has("defaultMode")) {
      projected.put("defaultMode", 0644);
    }
    return wanted;
  }

  private void fill(
      List<String> told,
      List<ObjectNode> variables,
      List<ObjectNode> mounts,
      List<ObjectNode> volumes) {
    Set<String> stay = volumes.stream().map(one -> one.path(NAME).asText()).collect(toSet());
    ArrayNode volumePatch =
        draft.list(
            NAME, volumes(stay::contains), volumes, ownership::aVolume, PodDraft::isOurVolume);
    impossible = !draft.obstacles().isEmpty();
    if (impossible) {
      return;
    }
    ArrayNode containers = Json.array();
    for (Container container : workload.containers()) {
      boolean gets = told.contains(container.getName());
      ObjectNode one = Json.object();
      put(one, "env", variables(container, gets ? variables : List.of()));
      put(one, "volumeMounts", mounts(container, gets ? mounts : List.of()));
      if (!one.isEmpty()) {
        containers.add(Json.object().put(NAME, container.getName()).setAll(one));
      }
    }
    volumePatch.addAll(removals(name -> !stay.contains(name)));
    put(spec, "volumes", volumePatch);
    put(spec, "containers", containers);
  }

  private ArrayNode variables(Container container, List<ObjectNode> wanted) {
    String name = container.getName();
    var part = new Draft(changing);
    ArrayNode patch =
        part.list(
            NAME,
            container.getEnv().stream().map(Json::of).toList(),
            wanted,
            variable -> ownership.aVariable(name, variable),
            element -> known.contains(element.path(NAME).asText()));
    // Who leaves takes everything along: a key that is deleted later would stop the pod for good.
    if (patch.isEmpty() || leaving || Order.survivesMerge(container.getEnv())) {
      draft.add(part);
      return patch;
    }
    draft.prevented(
        new Obstacle(
            Obstacle.Reason.OrderMatters, ownership.containerPath(name).field("env"), List.of()));
    return Json.array();
  }

  private ArrayNode mounts(Container container, List<ObjectNode> wanted) {
    return draft.list(
        PATH,
        container.getVolumeMounts().stream().map(Json::of).toList(),
        wanted,
        path -> ownership.aMount(container.getName(), path),
        PodDraft::isOurVolume);
  }

  private ArrayNode removals(Predicate<String> leaves) {
    var part = new Draft(changing);
    ArrayNode patch =
        part.list(NAME, volumes(leaves), List.of(), ownership::aVolume, PodDraft::isOurVolume);
    for (JsonNode removal : patch) {
      Optional<Thing> mount = mountOf(removal.path(NAME).asText());
      if (mount.isPresent()) {
        // The server refuses a pod that mounts what it does not have, and with it the whole patch.
        draft.prevented(
            new Obstacle(
                Obstacle.Reason.Mounted, mount.get().path(), mount.get().claims().all().toList()));
        return Json.array();
      }
    }
    draft.add(part);
    return patch;
  }

  /// A mount of this volume that stays.
  private Optional<Thing> mountOf(String volume) {
    return Stream.concat(
            workload.containers().stream(), workload.pod().getInitContainers().stream())
        .flatMap(container ->
            container.getVolumeMounts().stream()
                .filter(mount -> volume.equals(mount.getName()))
                .map(mount -> ownership.aMount(container.getName(), mount.getMountPath())))
        .filter(mount -> !draft.deleted().contains(mount.path()))
        .findFirst();
  }

  private List<ObjectNode> volumes(Predicate<String> names) {
    return workload.pod().getVolumes().stream()
        .filter(volume -> names.test(volume.getName()))
        .map(Json::of)
        .toList();
  }

  private static boolean isOurVolume(ObjectNode volumeOrMount) {
    return volumeOrMount.path(NAME).asText().equals(KubernetesFiles.VOLUME);
  }

  private static void put(ObjectNode object, String field, ArrayNode list) {
    if (!list.isEmpty()) {
      object.set(field, list);
    }
  }
}
