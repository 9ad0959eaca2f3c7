package dev.llmconfig.store.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Annotations;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.store.Flaw;
import dev.llmconfig.store.Manner;
import dev.llmconfig.store.Manner.Run;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.Preview;
import dev.llmconfig.store.Replacement;
import dev.llmconfig.store.Stored;
import dev.llmconfig.store.Version;
import dev.llmconfig.store.cluster.ApiRefusal.Why;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Deletions.
final class Removing {

  private final Requests requests;
  private final Editing editing;
  private final Manner manner;

  Removing(Requests requests, Editing editing, Manner manner) {
    this.requests = requests;
    this.editing = editing;
    this.manner = manner;
  }

  Outcome model(Ref model, Version seen) {
    return remove(Kind.ModelConfig, model, seen, List.of(), live -> live);
  }

  Outcome key(Ref key, Version seen, Replacement replacement) {
    var moved = new ArrayList<Stored>();
    return remove(
        Kind.ApiKeyConfig,
        key,
        seen,
        moved,
        live -> {
          var users = requests.list(Kind.ModelConfig, key.namespace(), users(key));
          return switch (replacement) {
            case Replacement.None() -> {
              if (!users.isEmpty()) {
                throw new Ended(
                    new Outcome.InUse(users.stream().map(one -> one.ref().name()).toList()));
              }
              yield live;
            }
            case Replacement.By(var other) -> {
              moved.clear();
              move(live, other, users).forEach(one -> moved.add(one.stored()));
              yield live;
            }
            case Replacement.Forced() ->
                manner.dryRun() || users.isEmpty()
                    ? live
                    : requests.annotate(
                        Kind.ApiKeyConfig, key, Map.of(Annotations.FORCE_DELETE, "true"));
          };
        });
  }

  /// What has to happen first.
  private interface Before {
    Live of(Live live);
  }

  /// @param others what is changed before it goes
  private Outcome remove(Kind kind, Ref ref, Version seen, List<Stored> others, Before before) {
    return requests
        .patience()
        .of(
            Patience.TOLD_OF,
            () -> once(kind, ref, seen, others, before),
            _ -> new Outcome.Conflict(requests.get(kind, ref).stored()));
  }

  /// The operator tells anew how many use a key with each config that was moved away from it, so
  /// that it may take several tries.
  private Outcome once(Kind kind, Ref ref, Version seen, List<Stored> others, Before before) {
    var live = Editing.seen(requests.get(kind, ref), seen);
    if (live.deleting()) {
      return new Outcome.Deleting();
    }
    if (manner.drafts()) {
      return new Outcome.Unwritable("There is nothing to write down for a deletion.");
    }
    if (!manner.dryRun()) {
      Editing.refuseForeign(live, live.spec());
    }
    try {
      requests.delete(live, Run.DryRun);
      var ready = before.of(live);
      if (manner.dryRun()) {
        return new Outcome.Previewed(
            new Preview(live.stored(), Editing.changes(live.spec(), Trees.object()), others),
            List.of());
      }
      requests.delete(ready, Run.Apply);
      return gone(ready);
    } catch (ApiRefusal refused) {
      return switch (refused.why()) {
        case Why.Missing() -> new Outcome.Deleted();
        case Why.NoAnswer _ -> afterSilence(live, refused);
        default -> throw refused;
      };
    }
  }

  private Outcome gone(Live live) {
    try {
      var now = requests.get(live.kind(), live.ref());
      return now.uid().equals(live.uid()) && now.deleting()
          ? new Outcome.Deleting()
          : new Outcome.Deleted();
    } catch (ApiRefusal refused) {
      return switch (refused.why()) {
        case Why.Missing() -> new Outcome.Deleted();
        default -> new Outcome.Deleting(); // it was accepted
      };
    }
  }

  private Outcome afterSilence(Live live, ApiRefusal silence) {
    try {
      var now = requests.get(live.kind(), live.ref());
      if (now.uid().equals(live.uid()) && !now.deleting()) {
        throw silence;
      }
      return now.uid().equals(live.uid()) ? new Outcome.Deleting() : new Outcome.Deleted();
    } catch (ApiRefusal refused) {
      if (refused.why() instanceof Why.Missing) {
        return new Outcome.Deleted();
      }
      throw silence;
    }
  }

  private static String users(Ref key) {
    return "spec.apiKeyRef.name=" + key.name();
  }

  private List<Live> move(Live key, String other, List<Live> users) {
    refuseUnfit(key, other);
    var moves = users.stream().map(user -> editing.write(user, to(other))).toList();
    users.forEach(user -> Editing.refuseForeign(user, Trees.merged(user.spec(), to(other))));
    return Several.of(editing, moves, manner);
  }

  private void refuseUnfit(Live key, String other) {
    Live target;
    try {
      target = requests.get(Kind.ApiKeyConfig, new Ref(key.ref().namespace(), other));
    } catch (ApiRefusal refused) {
      if (!(refused.why() instanceof Why.Missing)) {
        throw refused;
      }
      throw Ended.invalid(
          new Flaw(
              "replaceWith",
              Flaw.Reason.ApiKeyNotFound,
              "There is no such key in this namespace."));
    }
    var ready =
        target
            .status()
            .path("conditions")
            .valueStream()
            .anyMatch(one ->
                one.path("type").asText().equals("Ready")
                    && one.path("status").asText().equals("True"));
    var same = Trees.same(target.spec().path("provider"), key.spec().path("provider"));
    if (!same || !ready || target.deleting() || target.uid().equals(key.uid())) {
      throw Ended.invalid(
          Flaw.invalid(
              "replaceWith",
              "replaceWith must be another key of the same provider that is ready."));
    }
  }

  private static ObjectNode to(String key) {
    var change = Trees.object();
    change.putObject("apiKeyRef").put("name", key);
    return change;
  }
}
