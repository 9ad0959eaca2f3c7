package dev.llmconfig.reconcile;

import dev.llmconfig.api.Labels;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.domain.WorkloadSelector;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.EventSourceRetriever;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Watches for workloads that carry no label of ours and are selected: one for each kind and
/// selector, for as long as a ModelConfig has it.
final class Selections {

  /// Makes the watches of one selector.
  interface Watching {
    List<InformerEventSource<? extends HasMetadata, ModelConfig>> watch(
        EventSourceContext<ModelConfig> context, String suffix, String selector);
  }

  private final Watching watching;
  private final Map<WorkloadSelector, List<InformerEventSource<? extends HasMetadata, ModelConfig>>>
      watches = new ConcurrentHashMap<>();

  Selections(Watching watching) {
    this.watching = watching;
  }

  List<InformerEventSource<? extends HasMetadata, ModelConfig>> of(WorkloadSelector selector) {
    return watches.getOrDefault(selector, List.of());
  }

  /// Begins and ends watches, so that there are those of these selectors.
  synchronized void follow(
      Set<WorkloadSelector> selectors, EventSourceRetriever<ModelConfig> retriever) {
    for (var selector : selectors) {
      if (!watches.containsKey(selector)) {
        var text = text(selector);
        var made =
            watching.watch(
                retriever.eventSourceContextForDynamicRegistration(), "-with-" + text, text);
        made.forEach(retriever::dynamicallyRegisterEventSource);
        watches.put(selector, made);
      }
    }
    for (var selector : Set.copyOf(watches.keySet())) {
      if (!selectors.contains(selector)) {
        var ended = watches.remove(selector);
        if (ended != null) {
          ended.forEach(source -> retriever.dynamicallyDeRegisterEventSource(source.name()));
        }
      }
    }
  }

  /// As the API server reads it. Those that carry a label of ours are watched anyway.
  static String text(WorkloadSelector selector) {
    return Stream.of(
            selector.labels().entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue()),
            selector.requirements().stream().map(Selections::text),
            Stream.of("!" + Labels.MODEL_CONFIG, "!" + Labels.DELIVERED_BY))
        .flatMap(parts -> parts)
        .collect(Collectors.joining(","));
  }

  private static String text(WorkloadSelector.Requirement one) {
    var values = String.join(",", one.values());
    return switch (one.operator()) {
      case In -> "%s in (%s)".formatted(one.key(), values);
      case NotIn -> "%s notin (%s)".formatted(one.key(), values);
      case Exists -> one.key();
      case DoesNotExist -> "!" + one.key();
    };
  }
}
