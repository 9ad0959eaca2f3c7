package dev.llmconfig.store.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Annotations;
import dev.llmconfig.store.Manner;
import dev.llmconfig.store.Manner.Run;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.Outcome.Owned;
import dev.llmconfig.store.cluster.ApiRefusal.Why;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One change of one spec, on the object as it was read a moment ago: what the Playground owns,
/// overlaid by what is to change, applied first as a dry run and then guarded by the version.
/// Fields of others are taken only from people who have agreed, and only those.
final class SpecWrite {

  private static final List<String> SPEC = List.of("spec");
  private static final String CHANGED_BY = "metadata.annotations." + Annotations.LAST_CHANGED_BY;

  private final Requests requests;
  private final Live live;
  private final ObjectNode change;
  private final Manner manner;
  private final String author;
  private final OwnFields fields;
  private final ObjectNode wanted;
  private final Set<Owned> foreign = new LinkedHashSet<>();

  /// What is known of the change after its dry run.
  ///
  /// @param write does it
  record Rehearsed(Live after, Write write) {}

  /// The real one.
  interface Write {
    Live run();
  }

  /// @param change a merge patch of the spec
  /// @param author who it is, for people to read
  SpecWrite(Requests requests, Live live, ObjectNode change, Manner manner, String author) {
    this.requests = requests;
    this.live = live;
    this.change = Trees.effective(live.spec(), change);
    this.manner = manner;
    this.author = author;
    this.fields = new OwnFields(live);
    this.wanted = Trees.merged(live.spec(), change);
  }

  Live live() {
    return live;
  }

  ObjectNode wanted() {
    return wanted;
  }

  /// The same change of the object as it is now, unless it is no longer what was looked at.
  SpecWrite onto(Live now) {
    if (!now.uid().equals(live.uid()) || now.generation() != live.generation()) {
      throw new ApiRefusal(new Why.Replaced());
    }
    return new SpecWrite(requests, now, change, manner, author);
  }

  /// Fields of others, about which the real change would ask.
  List<Owned> foreign() {
    return List.copyOf(foreign);
  }

  /// Whether there is nothing to do.
  boolean idle() {
    return change.isEmpty();
  }

  Rehearsed unchanged() {
    return new Rehearsed(live, () -> live);
  }

  /// The merge patch that takes it back.
  ObjectNode inverse() {
    return Trees.replacing(wanted, live.spec());
  }

  /// Ends with what stands in the way.
  Rehearsed rehearse() {
    var intent = intent();
    var force = false;
    Live after;
    try {
      after = requests.apply(live, intent, Run.DryRun, false);
    } catch (ApiRefusal refused) {
      switch (refused.why()) {
        case Why.Fields(var owned) -> {
          askAbout(owned);
          force = true;
        }
        // Perhaps only because what is to go has another owner and would stay beside what comes.
        case Why.Invalid _ when !removed().isEmpty() -> {
          return atOnce(removed());
        }
        default -> throw refused;
      }
      try {
        after = requests.apply(live, intent, Run.DryRun, true);
      } catch (ApiRefusal invalid) {
        if (invalid.why() instanceof Why.Invalid && !removed().isEmpty()) {
          return atOnce(removed());
        }
        throw invalid;
      }
    }
    var left = left(after);
    if (!left.isEmpty()) {
      return atOnce(left);
    }
    var forced = force;
    return new Rehearsed(after, () -> requests.apply(live, intent, Run.Apply, forced));
  }

  /// From its other owners an apply cannot take a field away, and two writes could end halfway.
  private Rehearsed atOnce(List<Trees.Difference> places) {
    askAbout(owners(places));
    var operations = operations();
    var after = requests.patch(live, operations, Run.DryRun);
    return new Rehearsed(after, () -> requests.patch(live, operations, Run.Apply));
  }

  /// Whether this is what came of it, asked after an answer that never came.
  static boolean came(Rehearsed rehearsed, Live now) {
    return now.uid().equals(rehearsed.after().uid())
        && now.generation() == rehearsed.after().generation()
        && Trees.differences(SPEC, rehearsed.after().spec(), now.spec()).isEmpty();
  }

  private void askAbout(List<Owned> conflicts) {
    Stream.concat(conflicts.stream(), owners(removed()).stream())
        .filter(one -> !OwnFields.ours(one.manager()) && !one.field().equals(CHANGED_BY))
        .forEach(foreign::add);
    if (!foreign.isEmpty() && !manner.takesOver() && !manner.dryRun()) {
      throw new Ended(new Outcome.OwnedField(foreign()));
    }
  }

  /// Everything at once: what would only be noticed in a second try is asked about in the first.
  private List<Trees.Difference> removed() {
    return Trees.differences(SPEC, live.spec(), wanted).stream()
        .filter(one -> one.to().isEmpty())
        .toList();
  }

  private List<Owned> owners(List<Trees.Difference> places) {
    return places.stream()
        .flatMap(place ->
            fields.others(place.path()).stream().map(other -> new Owned(place.field(), other)))
        .toList();
  }

  private List<Trees.Difference> left(Live after) {
    return Trees.differences(SPEC, wanted, after.spec());
  }

  private ObjectNode intent() {
    var own = fields.ours();
    var intent =
        Trees.object().put("apiVersion", live.kind().apiVersion()).put("kind", live.kind().name());
    var meta = intent.putObject("metadata");
    if (own.path("metadata") instanceof ObjectNode owned) {
      meta.setAll(owned);
    }
    meta.put("name", live.ref().name())
        .put("namespace", live.ref().namespace())
        .put("uid", live.uid())
        .put("resourceVersion", live.version());
    meta.withObjectProperty("annotations").put(Annotations.LAST_CHANGED_BY, author);
    var ownSpec = own.path("spec") instanceof ObjectNode spec ? spec : Trees.object();
    intent.set("spec", overlaid(ownSpec, live.spec(), change));
    return intent;
  }

  /// As a merge, but of a list that is merged by its entries only those are claimed which are ours
  /// or new.
  private static ObjectNode overlaid(ObjectNode own, JsonNode live, ObjectNode change) {
    var result = own.deepCopy();
    change
        .properties()
        .forEach(field -> {
          var name = field.getKey();
          switch (field.getValue()) {
            case JsonNode gone when gone.isNull() -> result.remove(name);
            case ObjectNode below -> {
              var there = result.get(name) instanceof ObjectNode mine ? mine : Trees.object();
              var next = overlaid(there, live.path(name), below);
              if (next.isEmpty() && !below.isEmpty()) {
                // An apply of an object with nothing in it makes null of it, which no schema takes.
                result.remove(name);
              } else {
                result.set(name, next);
              }
            }
            case ArrayNode list when ListFields.merged(name) ->
                result.set(name, claimed(list, own.path(name), live.path(name)));
            case JsonNode value -> result.set(name, value);
          }
        });
    return result;
  }

  private static ArrayNode claimed(ArrayNode wanted, JsonNode own, JsonNode live) {
    var claimed = Trees.array();
    wanted
        .valueStream()
        .filter(item -> ListFields.in(own, item) || !ListFields.in(live, item))
        .forEach(claimed::add);
    return claimed;
  }

  /// The change as one patch, in which everything happens or nothing.
  private ArrayNode operations() {
    var operations = Trees.array();
    operations.add(operation("test", "/metadata/uid", live.metadata().path("uid")));
    operations.add(
        operation("replace", "/metadata/resourceVersion", live.metadata().path("resourceVersion")));
    if (live.metadata().path("annotations").isObject()) {
      operations.add(
          operation(
              "add",
              "/metadata/annotations/" + escaped(Annotations.LAST_CHANGED_BY),
              Trees.object().textNode(author)));
    } else {
      operations.add(
          operation(
              "add",
              "/metadata/annotations",
              Trees.object().put(Annotations.LAST_CHANGED_BY, author)));
    }
    collect("/spec", live.spec(), change, operations);
    return operations;
  }

  private static void collect(
      String path, ObjectNode live, ObjectNode change, ArrayNode operations) {
    change
        .properties()
        .forEach(field -> {
          var place = path + "/" + escaped(field.getKey());
          var value = field.getValue();
          if (value.isNull()) {
            operations.add(operation("remove", place, null));
          } else if (value instanceof ObjectNode below
              && live.get(field.getKey()) instanceof ObjectNode there) {
            collect(place, there, below, operations);
          } else {
            operations.add(operation("add", place, value));
          }
        });
  }

  private static ObjectNode operation(String name, String path, @Nullable JsonNode value) {
    var operation = Trees.object().put("op", name).put("path", path);
    if (value != null) {
      operation.set("value", value);
    }
    return operation;
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
