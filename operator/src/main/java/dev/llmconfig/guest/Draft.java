package dev.llmconfig.guest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/// Moves as they are decided, for one part of the patch: what is sent, and what is told of it. A
/// part that turns out to be impossible is dropped whole.
final class Draft {

  private final boolean changing;
  private final List<Obstacle> obstacles = new ArrayList<>();
  private final List<FieldPath> lost = new ArrayList<>();
  private final List<FieldPath> deleted = new ArrayList<>();
  private final List<Thing> givenUp = new ArrayList<>();
  private final List<Thing> takenBack = new ArrayList<>();

  /// @param changing what the workload gets is another than it has
  Draft(boolean changing) {
    this.changing = changing;
  }

  List<Obstacle> obstacles() {
    return List.copyOf(obstacles);
  }

  List<FieldPath> lost() {
    return List.copyOf(lost);
  }

  List<FieldPath> deleted() {
    return List.copyOf(deleted);
  }

  List<Thing> givenUp() {
    return List.copyOf(givenUp);
  }

  List<Thing> takenBack() {
    return List.copyOf(takenBack);
  }

  void add(Draft part) {
    obstacles.addAll(part.obstacles);
    lost.addAll(part.lost);
    deleted.addAll(part.deleted);
    givenUp.addAll(part.givenUp);
    takenBack.addAll(part.takenBack);
  }

  void prevented(Obstacle obstacle) {
    obstacles.add(obstacle);
  }

  /// Whether it is sent.
  boolean towards(Thing thing, Likeness likeness) {
    Move move = Move.towards(thing.standing(), likeness, changing);
    switch (move) {
      case Move.Write _ -> {
        if (!changing) {
          lost.add(thing.path());
        }
      }
      case Move.TakeBack _ -> takenBack.add(thing);
      case Move.Yield(var reason, var to) -> {
        obstacles.add(new Obstacle(reason, thing.path(), to));
        giveUp(thing);
      }
      case Move.Leave _ -> giveUp(thing);
      case Move.Keep _, Move.Delete _ -> {}
    }
    return move instanceof Move.Write || move instanceof Move.TakeBack;
  }

  /// Whether it is deleted.
  ///
  /// @param known a delivery of ours may have put it there
  boolean away(Thing thing, boolean known) {
    boolean delete = Move.away(thing.standing(), known) instanceof Move.Delete;
    if (delete) {
      deleted.add(thing.path());
    } else {
      giveUp(thing);
    }
    return delete;
  }

  /// The patch of a list whose elements are merged by a key. What is there is named in the order in
  /// which it is there, since a merge brings it into the order of the patch; what is new comes
  /// first, so that it stands above whatever refers to it.
  ArrayNode list(
      String key,
      List<ObjectNode> live,
      List<ObjectNode> wanted,
      Function<String, Thing> things,
      Predicate<ObjectNode> known) {
    Map<String, ObjectNode> is = byKey(key, live);
    Map<String, ObjectNode> shall = byKey(key, wanted);
    ArrayNode patch = Json.array();
    shall.forEach((name, element) -> {
      if (!is.containsKey(name) && towards(things.apply(name), Likeness.Absent)) {
        patch.add(element);
      }
    });
    is.forEach((name, element) -> {
      ObjectNode named = Json.object().put(key, name);
      if (!shall.containsKey(name)) {
        if (away(things.apply(name), known.test(element))) {
          patch.add(named.put("$patch", "delete"));
        }
        return;
      }
      ObjectNode difference = Json.difference(element, shall.getOrDefault(name, named));
      if (towards(things.apply(name), Likeness.of(element, difference)) && !difference.isEmpty()) {
        patch.add(named.setAll(difference));
      }
    });
    return patch;
  }

  private void giveUp(Thing thing) {
    if (thing.toBeGivenUp()) {
      givenUp.add(thing);
    }
  }

  private static Map<String, ObjectNode> byKey(String key, List<ObjectNode> elements) {
    var byKey = new LinkedHashMap<String, ObjectNode>();
    elements.forEach(element -> byKey.putIfAbsent(element.path(key).asText(), element));
    return byKey;
  }
}
