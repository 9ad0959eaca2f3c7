package dev.llmconfig.reconcile;

import io.javaoperatorsdk.operator.Operator;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What works on keys and what works on ModelConfigs, each with threads of its own: in one line for
/// both, a key waits behind thousands of ModelConfigs which all wait for that key.
record Operators(Operator keys, Operator models) {

  /// Keys first, so that what ModelConfigs find of them is as new as can be.
  void start() {
    keys.start();
    models.start();
  }

  void stop() {
    try {
      models.stop();
    } finally {
      keys.stop();
    }
  }

  /// What cannot be watched.
  Set<String> unwatched() {
    return Stream.of(keys, models)
        .flatMap(one -> one.getRuntimeInfo().unhealthyEventSources().values().stream())
        .flatMap(sources -> sources.keySet().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
