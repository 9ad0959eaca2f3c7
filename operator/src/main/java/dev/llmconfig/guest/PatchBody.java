package dev.llmconfig.guest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.guest.GuestPatch.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// The parts put together, with the lock.
final class PatchBody {

  private final Workload workload;
  private final Records records;
  private final ObjectNode template = Json.object();
  private ObjectNode labels = Json.object();

  PatchBody(Workload workload) {
    this.workload = workload;
    this.records = new Records(workload);
  }

  void giveUp(Draft draft) {
    draft.givenUp().forEach(records::giveUp);
  }

  void names(Names names) {
    giveUp(names.draft());
    names.draft().takenBack().forEach(records::takeBack);
    labels = names.labels();
    if (!names.annotations().isEmpty()) {
      template.putObject("metadata").set("annotations", names.annotations());
    }
  }

  void pod(PodDraft pod) {
    giveUp(pod.draft());
    pod.draft().takenBack().forEach(records::takeBack);
    if (!pod.spec().isEmpty()) {
      template.set("spec", pod.spec());
    }
  }

  /// Nothing of ours stays in the records.
  void leave(Names names, PodDraft pod) {
    var deleted = new ArrayList<>(names.draft().deleted());
    deleted.addAll(pod.draft().deleted());
    records.leave(deleted);
  }

  GuestPatch patch(List<Obstacle> obstacles, List<FieldPath> lost, SortedSet<String> missing) {
    Optional<ArrayNode> managed = records.changed();
    Effect effect =
        !template.isEmpty()
            ? Effect.Template
            : labels.isEmpty() && managed.isEmpty() ? Effect.Nothing : Effect.Bookkeeping;
    return new GuestPatch(
        effect == Effect.Nothing ? Optional.empty() : Optional.of(body(managed)),
        effect,
        obstacles,
        lost,
        missing);
  }

  private String body(Optional<ArrayNode> managed) {
    ObjectNode body = Json.object();
    ObjectNode metadata = body.putObject("metadata");
    metadata.put("uid", workload.uid()).put("resourceVersion", workload.resourceVersion());
    if (!labels.isEmpty()) {
      metadata.set("labels", labels);
    }
    managed
        .or(() -> workload.unrecorded() ? Optional.of(records.first()) : Optional.empty())
        .ifPresent(entries -> metadata.set("managedFields", entries));
    if (!template.isEmpty()) {
      ObjectNode parent = body;
      List<String> path = workload.kind().template();
      for (String step : path.subList(0, path.size() - 1)) {
        parent = parent.putObject(step);
      }
      parent.set(path.getLast(), template);
    }
    return Json.text(body);
  }
}
