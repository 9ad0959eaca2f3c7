package dev.llmconfig.store.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.FieldManagers;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.store.Manner;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.Preview;
import dev.llmconfig.store.Version;
import dev.llmconfig.store.cluster.ApiRefusal.Why;
import dev.llmconfig.store.cluster.SpecWrite.Rehearsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Changes of objects that are there: read, look whose they are, rehearse, write. Whoever was
/// faster with something else is waited for; whoever changed the spec is told of.
final class Editing {

  private static final List<String> SPEC = List.of("spec");

  /// Of these only the fact is told: nobody can compare tokens by eye.
  private static final Set<String> UNTOLD =
      Set.of("spec.encryptedKey", "spec.sealedKey.encryptedData");

  private final Requests requests;
  private final String author;
  private final Manner manner;

  /// What is to become of an object, worked out from it.
  interface Plan {
    Edit of(Live live);
  }

  /// @param change a merge patch of the spec
  record Edit(ObjectNode change, Beside beside, List<Outcome.Warning> warnings) {
    Edit {
      warnings = List.copyOf(warnings);
    }

    static Edit of(ObjectNode change) {
      return new Edit(change, Beside.NOTHING, List.of());
    }
  }

  Editing(Requests requests, String author, Manner manner) {
    this.requests = requests;
    this.author = author;
    this.manner = manner;
  }

  Outcome edit(Kind kind, Ref ref, Version seen, Plan plan) {
    return requests
        .patience()
        .of(
            Patience.OVERTAKEN,
            () -> once(seen(requests.get(kind, ref), seen), plan),
            _ -> new Outcome.Conflict(requests.get(kind, ref).stored()));
  }

  /// The object, if it is the one that was seen.
  static Live seen(Live live, Version seen) {
    if (!seen.matches(live.uid(), live.generation())) {
      throw new Ended(new Outcome.Conflict(live.stored()));
    }
    return live;
  }

  /// Leaves a wish with the object that was seen, and with no other that it becomes meanwhile.
  /// Whoever has seen nothing needs no right to look.
  static Live wish(Requests requests, Kind kind, Ref ref, Version seen, ObjectNode wish) {
    if (seen instanceof Version.Any) {
      return requests.merge(kind, ref, wish, FieldManagers.PLAYGROUND_ACTION);
    }
    return requests
        .patience()
        .of(
            Patience.OVERTAKEN,
            () -> {
              var live = seen(requests.get(kind, ref), seen);
              var guarded = wish.deepCopy();
              guarded
                  .withObjectProperty("metadata")
                  .put("uid", live.uid())
                  .put("resourceVersion", live.version());
              return requests.merge(kind, ref, guarded, FieldManagers.PLAYGROUND_ACTION);
            });
  }

  private Outcome once(Live live, Plan plan) {
    if (live.deleting()) {
      return new Outcome.BeingDeleted();
    }
    var edit = plan.of(live);
    var write = write(live, edit.change());
    if (manner.drafts()) {
      return Drafting.of(live, edit, write);
    }
    if (!manner.dryRun()) {
      refuseForeign(live, write.wanted());
    }
    var rehearsed = write.idle() ? write.unchanged() : write.rehearse();
    edit.beside().rehearse();
    if (manner.dryRun()) {
      return new Outcome.Previewed(
          preview(live, rehearsed, edit),
          Stream.concat(edit.warnings().stream(), questions(List.of(write))).toList());
    }
    edit.beside().write();
    var after = written(rehearsed, edit.beside());
    edit.beside().settle(after);
    return new Outcome.Done(
        after.stored(), edit.warnings(), changes(live.spec(), after.spec(), edit.beside()));
  }

  /// What the real change would ask about first.
  static Stream<Outcome.Warning> questions(List<SpecWrite> writes) {
    return writes.stream()
        .flatMap(write -> write.foreign().stream())
        .map(one ->
            new Outcome.Warning(
                one.field(),
                "FieldOwnedByAnotherManager",
                "%s owns this field; force=true takes it over.".formatted(one.manager())));
  }

  Patience patience() {
    return requests.patience();
  }

  SpecWrite write(Live live, ObjectNode change) {
    return new SpecWrite(requests, live, change, manner, author);
  }

  /// For taking back what was changed a moment ago.
  SpecWrite takingOver(Live live, ObjectNode change) {
    return new SpecWrite(
        requests, live, change, new Manner(Manner.Run.Apply, Manner.Foreign.TakeOver), author);
  }

  static void refuseForeign(Live live, ObjectNode wanted) {
    live.keeper()
        .filter(keeper -> !keeper.editable())
        .ifPresent(keeper -> {
          throw new Ended(new Outcome.OwnedByGit(keeper, Yaml.of(live, wanted)));
        });
  }

  private Live written(Rehearsed rehearsed, Beside beside) {
    try {
      return write(rehearsed);
    } catch (ApiRefusal refused) {
      if (!(refused.why() instanceof Why.NoAnswer)) {
        beside.undo();
      }
      throw refused;
    }
  }

  /// One of several, which cannot all begin anew because of one: with the same spec under it, it is
  /// rehearsed and written again.
  Live write(SpecWrite write, Rehearsed rehearsed) {
    try {
      return write(rehearsed);
    } catch (ApiRefusal refused) {
      if (!Patience.TOLD_OF.test(refused.why())) {
        throw refused;
      }
      return writeAnew(write);
    }
  }

  /// On the object as it is now.
  Live writeAnew(SpecWrite write) {
    return requests
        .patience()
        .of(
            Patience.TOLD_OF,
            () -> {
              var next = write.onto(now(write));
              return next.idle() ? next.unchanged().after() : write(next.rehearse());
            },
            _ -> {
              throw new Ended(new Outcome.Conflict(now(write).stored()));
            });
  }

  private Live now(SpecWrite write) {
    try {
      return requests.get(write.live().kind(), write.live().ref());
    } catch (ApiRefusal refused) {
      throw refused.why() instanceof Why.Missing ? new ApiRefusal(new Why.Replaced()) : refused;
    }
  }

  /// Never sent twice: after a lost answer it is looked what came of it.
  Live write(Rehearsed rehearsed) {
    try {
      return rehearsed.write().run();
    } catch (ApiRefusal refused) {
      if (refused.why() instanceof Why.NoAnswer) {
        return readBack(rehearsed).orElseThrow(() -> refused);
      }
      throw refused;
    }
  }

  private Optional<Live> readBack(Rehearsed rehearsed) {
    try {
      var now = requests.get(rehearsed.after().kind(), rehearsed.after().ref());
      return Optional.of(now).filter(one -> SpecWrite.came(rehearsed, one));
    } catch (ApiRefusal _) {
      return Optional.empty();
    }
  }

  private static Preview preview(Live live, Rehearsed rehearsed, Edit edit) {
    return new Preview(
        rehearsed.after().stored(), changes(live.spec(), rehearsed.after().spec(), edit.beside()));
  }

  /// With what is written beside it, of which only the fact is told.
  private static List<Preview.Change> changes(ObjectNode before, ObjectNode after, Beside beside) {
    var changes = new ArrayList<>(changes(before, after));
    if (!beside.nothing()) {
      changes.add(new Preview.Change("key", Optional.empty(), Optional.empty()));
    }
    return changes;
  }

  static List<Preview.Change> changes(ObjectNode before, ObjectNode after) {
    return Trees.differences(SPEC, before, after).stream()
        .map(one ->
            UNTOLD.contains(one.field())
                ? new Preview.Change(one.field(), Optional.empty(), Optional.empty())
                : new Preview.Change(one.field(), one.from(), one.to()))
        .toList();
  }
}
