package dev.llmconfig.guest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `managedFields` as they shall be, where a patch of values cannot say it: a claim is given up
/// without touching what others have made of the field, or noted again for what came back with the
/// same value. kubectl rewrites the records in the same way when it moves a manifest to server-side
/// apply.
final class Records {

  private static final String FIELDS = "fieldsV1";

  private final Workload workload;
  private final List<FieldPath> givenUp = new ArrayList<>();
  private final List<Thing> takenBack = new ArrayList<>();
  private boolean leaving;

  Records(Workload workload) {
    this.workload = workload;
  }

  void giveUp(Thing thing) {
    givenUp.add(thing.path());
  }

  void takeBack(Thing thing) {
    takenBack.add(thing);
  }

  /// Nothing of ours stays behind.
  ///
  /// @param deleted what the patch deletes, and with it the claims
  void leave(List<FieldPath> deleted) {
    leaving =
        workload.managed().stream()
            .map(FieldSet::of)
            .filter(set -> set.manager().us())
            .anyMatch(set -> !set.without(deleted).empty());
  }

  /// Empty when the server's own bookkeeping says it all.
  Optional<ArrayNode> changed() {
    if (!leaving && givenUp.isEmpty() && takenBack.isEmpty()) {
      return Optional.empty();
    }
    ArrayNode entries = Json.array();
    boolean noted = takenBack.isEmpty();
    for (ManagedFieldsEntry entry : workload.managed()) {
      FieldSet set = FieldSet.of(entry);
      if (set.manager().us()) {
        if (!leaving) {
          add(entries, Json.of(entry), (noted ? set : set.with(restored())).without(givenUp));
          noted = true;
        }
      } else {
        add(entries, Json.of(entry), set.without(brought(set.manager())));
      }
    }
    if (!noted) {
      add(entries, blank(), new FieldSet(FieldManager.US, Json.object()).with(restored()));
    }
    if (entries.isEmpty()) {
      entries.addObject(); // an empty list would change nothing
    }
    return Optional.of(entries);
  }

  /// For a workload without any record: without one of ours the server would not note what we
  /// write, and next time it would look like somebody else's.
  ArrayNode first() {
    ObjectNode entry = blank();
    entry.putObject(FIELDS);
    return Json.array().add(entry);
  }

  private List<FieldPath> restored() {
    return takenBack.stream()
        .flatMap(thing -> thing.claims().all())
        .map(Claim::path)
        .distinct()
        .toList();
  }

  private List<FieldPath> brought(FieldManager by) {
    return takenBack.stream()
        .filter(thing -> thing.claims().all().anyMatch(claim -> claim.manager().equals(by)))
        .map(Thing::path)
        .toList();
  }

  private static void add(ArrayNode entries, ObjectNode entry, FieldSet set) {
    if (!set.empty()) {
      entry.set(FIELDS, set.root());
      entries.add(entry);
    }
  }

  private ObjectNode blank() {
    return Json.object()
        .put("manager", FieldManager.US.name())
        .put("operation", FieldManager.US.operation().name())
        .put("apiVersion", workload.kind().apiVersion())
        .put("fieldsType", "FieldsV1");
  }
}
