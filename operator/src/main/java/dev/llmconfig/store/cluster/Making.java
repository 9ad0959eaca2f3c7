package dev.llmconfig.store.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.FieldManagers;
import dev.llmconfig.domain.FieldRules;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.store.Flaw;
import dev.llmconfig.store.Manner;
import dev.llmconfig.store.Manner.Run;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.Preview;
import dev.llmconfig.store.Stored;
import dev.llmconfig.store.cluster.ApiRefusal.Why;
import dev.llmconfig.store.cluster.Editing.Edit;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Function;

/// New objects.
final class Making {

  private static final int MOST_NAMESAKES = 20;

  private final Requests requests;
  private final String author;
  private final Manner manner;

  Making(Requests requests, String author, Manner manner) {
    this.requests = requests;
    this.author = author;
    this.manner = manner;
  }

  /// Under that name, or under the first free one like the other.
  Outcome make(
      Kind kind,
      String namespace,
      Optional<String> name,
      String otherwise,
      Function<Ref, Edit> plan) {
    if (name.isPresent()) {
      return patiently(kind, new Ref(namespace, name.get()), plan);
    }
    for (var number = 1; number < MOST_NAMESAKES; number++) {
      var outcome = patiently(kind, new Ref(namespace, Names.numbered(otherwise, number)), plan);
      if (!(outcome instanceof Outcome.AlreadyExists)) {
        return outcome;
      }
    }
    return new Outcome.AlreadyExists(otherwise);
  }

  /// A new object is disturbed, too: by others who use up the same quota, or write the Secret that
  /// its key is kept in.
  private Outcome patiently(Kind kind, Ref ref, Function<Ref, Edit> plan) {
    return requests.patience().of(Patience.TOLD_OF, () -> named(kind, ref, plan));
  }

  private Outcome named(Kind kind, Ref ref, Function<Ref, Edit> plan) {
    FieldRules.objectName(ref.name(), FieldRules.LONGEST_OWN_NAME)
        .ifPresent(rule -> {
          throw Ended.invalid(Flaw.invalid("name", "name %s.".formatted(rule)));
        });
    var edit = plan.apply(ref);
    var object = object(kind, ref, edit.change());
    if (manner.drafts()) {
      return drafted(kind, ref, edit, object);
    }
    try {
      var rehearsed = requests.create(kind, object, Run.DryRun);
      edit.beside().rehearse();
      if (manner.dryRun()) {
        return previewed(rehearsed, edit);
      }
      edit.beside().write();
      var made = made(kind, object, edit);
      edit.beside().settle(made);
      return new Outcome.Done(made.stored(), edit.warnings());
    } catch (ApiRefusal refused) {
      return switch (refused.why()) {
        case Why.AlreadyThere() -> new Outcome.AlreadyExists(kind + " " + ref.name());
        case Why.Missing() -> throw noNamespace(ref);
        default -> throw refused;
      };
    }
  }

  private Outcome drafted(Kind kind, Ref ref, Edit edit, ObjectNode object) {
    try {
      return Drafting.of(
          new Live(kind, bare(kind, ref)),
          edit,
          edit.change(),
          () -> requests.create(kind, object, Run.DryRun));
    } catch (ApiRefusal refused) {
      return switch (refused.why()) {
        case Why.AlreadyThere() -> new Outcome.AlreadyExists(kind + " " + ref.name());
        case Why.Missing() -> throw noNamespace(ref);
        default -> throw refused;
      };
    }
  }

  private static Ended noNamespace(Ref ref) {
    return Ended.invalid(
        Flaw.invalid("namespace", "There is no namespace %s.".formatted(ref.namespace())));
  }

  private Live made(Kind kind, ObjectNode object, Edit edit) {
    try {
      return requests.create(kind, object, Run.Apply);
    } catch (ApiRefusal refused) {
      if (!(refused.why() instanceof Why.NoAnswer)) {
        edit.beside().undo();
        throw refused;
      }
      return readBack(kind, object).orElseThrow(() -> refused);
    }
  }

  /// One like it that only the Playground has ever written, for this author, is the one.
  private Optional<Live> readBack(Kind kind, ObjectNode object) {
    try {
      var meta = object.path("metadata");
      var now =
          requests.get(kind, new Ref(meta.path("namespace").asText(), meta.path("name").asText()));
      return Optional.of(now)
          .filter(one -> Trees.same(one.spec(), object.path("spec")))
          .filter(one -> author.equals(one.annotations().get(Annotations.LAST_CHANGED_BY)))
          .filter(one ->
              one.metadata()
                  .path("managedFields")
                  .valueStream()
                  .filter(entry -> entry.path("subresource").asText().isEmpty())
                  .allMatch(
                      entry -> entry.path("manager").asText().equals(FieldManagers.PLAYGROUND)));
    } catch (ApiRefusal _) {
      return Optional.empty();
    }
  }

  private static Outcome previewed(Live rehearsed, Edit edit) {
    var changes = new ArrayList<>(Editing.changes(Trees.object(), rehearsed.spec()));
    if (!edit.beside().nothing()) {
      changes.add(new Preview.Change("key", Optional.empty(), Optional.empty()));
    }
    return new Outcome.Previewed(new Preview(rehearsed.stored(), changes), edit.warnings());
  }

  /// What is to be created, as the API server would take it.
  ObjectNode rehearsed(Kind kind, Ref ref, ObjectNode spec) {
    var object = object(kind, ref, spec);
    requests.create(kind, object, Run.DryRun);
    return object;
  }

  /// What was rehearsed.
  Live create(Kind kind, ObjectNode object) {
    return requests.patience().of(Patience.TOLD_OF, () -> requests.create(kind, object, Run.Apply));
  }

  /// Takes back what was made a moment ago. The operator may have told of it since; what somebody
  /// has changed stays, and ends with a refusal.
  void unmake(Kind kind, Stored made) {
    requests.patience().of(Patience.TOLD_OF, () -> gone(kind, made));
  }

  private boolean gone(Kind kind, Stored made) {
    Live now;
    try {
      now = requests.get(kind, made.ref());
    } catch (ApiRefusal refused) {
      if (refused.why() instanceof Why.Missing) {
        return true;
      }
      throw refused;
    }
    if (!now.uid().equals(made.uid()) || now.deleting()) {
      return true;
    }
    if (!unchanged(made, now)) {
      throw new ApiRefusal(new Why.Replaced());
    }
    return deleted(now);
  }

  private boolean deleted(Live now) {
    try {
      requests.delete(now, Run.Apply);
      return true;
    } catch (ApiRefusal refused) {
      return switch (refused.why()) {
        case Why.Missing _, Why.Replaced _ -> true; // somebody else was faster with that
        default -> throw refused;
      };
    }
  }

  /// A Secret has no generation, and no status that would be told of.
  private static boolean unchanged(Stored made, Live now) {
    return made.generation() == 0
        ? now.version().equals(made.version())
        : now.generation() == made.generation();
  }

  private static ObjectNode bare(Kind kind, Ref ref) {
    var object = Trees.object().put("apiVersion", kind.apiVersion()).put("kind", kind.name());
    object.putObject("metadata").put("name", ref.name()).put("namespace", ref.namespace());
    return object;
  }

  private ObjectNode object(Kind kind, Ref ref, ObjectNode spec) {
    var object = bare(kind, ref);
    object
        .withObjectProperty("metadata")
        .putObject("annotations")
        .put(Annotations.LAST_CHANGED_BY, author);
    object.set("spec", spec);
    return object;
  }
}
