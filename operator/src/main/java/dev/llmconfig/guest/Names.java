package dev.llmconfig.guest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.Labels;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// The part of the patch that says who delivers what: the marker on the workload, and the two
/// annotations on its pod template.
final class Names {

  private final Workload workload;
  private final Ownership ownership;

  /// Nothing is observed by these names but what they say, so they are corrected at any time.
  private final Draft draft = new Draft(true);

  private final ObjectNode labels = Json.object();
  private final ObjectNode annotations = Json.object();

  Names(Workload workload, Ownership ownership) {
    this.workload = workload;
    this.ownership = ownership;
  }

  Draft draft() {
    return draft;
  }

  ObjectNode labels() {
    return labels;
  }

  ObjectNode annotations() {
    return annotations;
  }

  void mark(String deliveredBy) {
    var live = Optional.ofNullable(workload.labels().get(Labels.DELIVERED_BY));
    set(labels, Labels.DELIVERED_BY, ownership.theMarker(), live, deliveredBy);
  }

  void annotate(SortedMap<String, String> wanted) {
    wanted.forEach((name, value) ->
        set(
            annotations,
            name,
            ownership.anAnnotation(name),
            workload.templateAnnotation(name),
            value));
  }

  void remove() {
    if (draft.away(ownership.theMarker(), true)) {
      labels.putNull(Labels.DELIVERED_BY);
    }
    for (String name : List.of(Annotations.RENDERED, Annotations.REVISION)) {
      if (draft.away(ownership.anAnnotation(name), true)) {
        annotations.putNull(name);
      }
    }
  }

  private void set(
      ObjectNode target, String name, Thing thing, Optional<String> live, String wanted) {
    Likeness likeness = Likeness.of(live, wanted);
    if (draft.towards(thing, likeness) && likeness != Likeness.Same) {
      target.put(name, wanted);
    }
  }
}
