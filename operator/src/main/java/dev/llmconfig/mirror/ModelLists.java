package dev.llmconfig.mirror;

import dev.llmconfig.domain.Ref;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The lists of models that this process was handed, for the case that the rows are lost. The only
/// thing here that is not in the cluster.
final class ModelLists {

  private final Map<Ref, ModelList> lists = new ConcurrentHashMap<>();

  void put(ModelList list) {
    lists.put(list.key(), list);
  }

  void forget(Ref key) {
    lists.remove(key);
  }

  /// A list that was read for an earlier object of that name is none.
  Optional<ModelList> of(KeyRow key) {
    return Optional.ofNullable(lists.get(key.ref()))
        .filter(list -> list.keyUid().equals(key.version().uid()));
  }

  Stream<ModelList> all() {
    return lists.values().stream();
  }
}
