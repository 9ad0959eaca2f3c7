package dev.llmconfig.reconcile;

import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.health.InformerWrappingEventSourceHealthIndicator;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What works on keys and what works on ModelConfigs, each with threads of its own: in one line for
/// both, a key waits behind thousands of ModelConfigs which all wait for that key.
record Operators(Operator keys, Operator models) {

  Operators {
    Stream.of(keys, models)
        .map(Operators::timer)
        .filter(ScheduledThreadPoolExecutor.class::isInstance)
        // The framework asks for no thread at all, and one without a place wakes up a hundred times
        // a second for as long as anything is due at some time.
        .forEach(timer -> ((ScheduledThreadPoolExecutor) timer).setCorePoolSize(1));
  }

  /// Keys first, so that what ModelConfigs find of them is as new as can be.
  void start() {
    keys.start();
    models.start();
  }

  void stop() {
    try {
      stop(models);
    } finally {
      stop(keys);
    }
  }

  /// The framework leaves its timer running, and that holds all that the term has cached.
  private static void stop(Operator one) {
    try {
      one.stop();
    } finally {
      timer(one).shutdownNow();
    }
  }

  private static ScheduledExecutorService timer(Operator one) {
    return one.getConfigurationService().getExecutorServiceManager().scheduledExecutorService();
  }

  /// Whether every list that ModelConfigs are judged by was read to its end once. Until then what
  /// is not in a cache need not be gone (traps R12), and the framework waits for it for a while
  /// only.
  boolean whole() {
    return models.getRuntimeInfo().unhealthyEventSources().values().stream()
        .flatMap(sources -> sources.values().stream())
        .filter(InformerWrappingEventSourceHealthIndicator.class::isInstance)
        .map(source -> (InformerWrappingEventSourceHealthIndicator<?>) source)
        .flatMap(source -> source.informerHealthIndicators().values().stream())
        .allMatch(InformerHealthIndicator::hasSynced);
  }

  /// What cannot be watched.
  Set<String> unwatched() {
    return Stream.of(keys, models)
        .flatMap(one -> one.getRuntimeInfo().unhealthyEventSources().values().stream())
        .flatMap(sources -> sources.keySet().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
