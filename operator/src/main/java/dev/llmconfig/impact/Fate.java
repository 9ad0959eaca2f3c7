package dev.llmconfig.impact;

import dev.llmconfig.domain.Ref;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What becomes of one agent in the end.
///
/// @param effect empty where nothing does
/// @param when what it waits for
public record Fate(Optional<Impact.Effect> effect, Impact.Condition when) {

  private static final Fate NOTHING = new Fate(Optional.empty(), Impact.Condition.Nothing);

  /// Of each agent that is concerned: of those of what was touched, and of those for which the
  /// change makes a difference.
  static Map<Id, Fate> all(Forecast before, Forecast after, Set<Id> touched) {
    var without = new HashMap<Ref, Impact.OfModel>();
    before.all().forEach(one -> without.put(one.ref(), one));
    var fates = new TreeMap<Id, Fate>();
    // Whoever has something of a config that goes is told of, too.
    touched.stream()
        .filter(id -> id.kind().equals(Kinds.MODEL))
        .flatMap(id -> before.agents(id.ref()).stream())
        .forEach(agent -> fates.putIfAbsent(agent, NOTHING));
    for (var model : after.all()) {
      var concerned =
          after.names(model.ref()).stream().anyMatch(touched::contains)
              || !model.equals(without.get(model.ref()));
      if (concerned) {
        after.agents(model.ref()).forEach(agent -> fates.putIfAbsent(agent, NOTHING));
        model
            .changes()
            .forEach(change -> fates.merge(id(model, change), of(change), Fate::stronger));
      }
    }
    return fates;
  }

  private static Id id(Impact.OfModel model, Impact.Change change) {
    return new Id(
        change.workload().kind(), new Ref(model.ref().namespace(), change.workload().name()));
  }

  private static Fate of(Impact.Change change) {
    return new Fate(
        Optional.of(change.effect()).filter(one -> one != Impact.Effect.NoRestart), change.when());
  }

  /// An agent that changes hands is written to by one of both only.
  private static Fate stronger(Fate one, Fate other) {
    return one.effect().isPresent() ? one : other;
  }
}
