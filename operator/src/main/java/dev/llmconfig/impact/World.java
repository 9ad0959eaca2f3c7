package dev.llmconfig.impact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Objects of one moment, as trees. No key is in it: of a Secret there are digests of its values.
public final class World {

  public static final World EMPTY = new World(new TreeMap<>());

  private final SortedMap<Id, ObjectNode> objects;

  private World(SortedMap<Id, ObjectNode> objects) {
    this.objects = Collections.unmodifiableSortedMap(objects);
  }

  /// As they are.
  public static World of(List<ObjectNode> objects) {
    return EMPTY.with(objects);
  }

  /// With these in place of what was there under their names.
  public World with(List<ObjectNode> others) {
    var all = new TreeMap<Id, ObjectNode>(objects);
    others.forEach(one -> all.put(Id.of(one), SecretDigests.withoutKeys(one)));
    return new World(all);
  }

  public World without(Id id) {
    var rest = new TreeMap<>(objects);
    rest.remove(id);
    return new World(rest);
  }

  Optional<ObjectNode> find(Id id) {
    return Optional.ofNullable(objects.get(id));
  }

  Stream<Map.Entry<Id, ObjectNode>> all() {
    return objects.entrySet().stream();
  }

  Stream<ObjectNode> of(String kind) {
    return all().filter(one -> one.getKey().kind().equals(kind)).map(Map.Entry::getValue);
  }
}
