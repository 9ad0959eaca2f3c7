package dev.llmconfig.reconcile;

import dev.llmconfig.api.Labels;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.domain.WorkloadSelector;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.EventSourceRetriever;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/// The workloads that carry a label of ours, as the API server shows them, with every record of who
/// wrote what. Two watches for each kind, with selectors that never match the same object.
final class Workloads {

  private static final String BY_NAME = "by-model-config";

  /// By their owners.
  private static final String LABELLED = Labels.MODEL_CONFIG;

  /// Only by us: the owner has taken the label away, or they are selected.
  private static final String MARKED_ONLY = Labels.DELIVERED_BY + ",!" + Labels.MODEL_CONFIG;

  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      new TreeMap<>(
          Map.of(
              "deployments", Deployment.class,
              "statefulsets", StatefulSet.class,
              "daemonsets", DaemonSet.class,
              "cronjobs", CronJob.class));

  private final List<InformerEventSource<? extends HasMetadata, ModelConfig>> sources;
  private final Selections selections;

  /// What was written and is not in the watch yet, by uid.
  private final Map<String, HasMetadata> ahead = new ConcurrentHashMap<>();

  private Workloads(
      List<InformerEventSource<? extends HasMetadata, ModelConfig>> sources,
      Selections selections) {
    this.sources = sources;
    this.selections = selections;
  }

  /// Begins to watch.
  ///
  /// @param concerned whom a workload concerns, by what it is like
  /// @param labelled hears of each that asks for settings, or for others than before
  /// @param gone hears of each that is seen no more
  static Workloads watch(
      EventSourceContext<ModelConfig> context,
      Function<HasMetadata, Set<ResourceID>> concerned,
      Consumer<HasMetadata> labelled,
      Consumer<HasMetadata> gone) {
    Selections.Watching watching =
        (where, suffix, selector) ->
            KINDS.entrySet().stream()
                .<InformerEventSource<? extends HasMetadata, ModelConfig>>map(kind ->
                    source(
                        where,
                        kind.getValue(),
                        new Watch(kind.getKey() + suffix, selector),
                        concerned,
                        labelled,
                        gone))
                .toList();
    return new Workloads(
        Stream.concat(
                watching.watch(context, "", LABELLED).stream(),
                watching.watch(context, "-without-label", MARKED_ONLY).stream())
            .toList(),
        new Selections(watching));
  }

  /// Begins and ends watches for those that carry no label of ours.
  void follow(Set<WorkloadSelector> selectors, EventSourceRetriever<ModelConfig> retriever) {
    selections.follow(selectors, retriever);
  }

  Collection<? extends EventSource<?, ModelConfig>> sources() {
    return sources;
  }

  /// All of a namespace that name this one, follow the default, are marked with this one, or are
  /// selected by it.
  List<HasMetadata> around(Ref model, Optional<WorkloadSelector> selector) {
    var byUid = new LinkedHashMap<String, HasMetadata>();
    Stream.concat(
            Stream.of(model.name(), Labels.DEFAULT)
                .flatMap(name -> found(model.namespace() + "/" + name)),
            selector.stream().flatMap(one -> selected(model.namespace(), one)))
        .map(this::newest)
        .forEach(one -> byUid.putIfAbsent(one.getMetadata().getUid(), one));
    return List.copyOf(byUid.values());
  }

  static boolean marked(HasMetadata workload, String modelConfig) {
    return modelConfig.equals(Labelled.label(workload, Labels.DELIVERED_BY));
  }

  private Stream<? extends HasMetadata> selected(String namespace, WorkloadSelector selector) {
    return Stream.concat(sources.stream(), selections.of(selector).stream())
        .flatMap(source -> source.list(namespace, _ -> true))
        .filter(one -> selector.matches(Labelled.labels(one)));
  }

  /// Every one that is known.
  Stream<HasMetadata> all() {
    return sources.stream().flatMap(InformerEventSource::list).map(this::newest);
  }

  /// What was just written must be seen by the next look, however late the watch is.
  void wrote(HasMetadata answer) {
    ahead.put(answer.getMetadata().getUid(), answer);
  }

  private Stream<HasMetadata> found(String key) {
    return sources.stream().flatMap(source -> source.byIndex(BY_NAME, key).stream());
  }

  private HasMetadata newest(HasMetadata cached) {
    var meta = cached.getMetadata();
    var written = ahead.get(meta.getUid());
    if (written == null) {
      return cached;
    }
    if (version(meta.getResourceVersion()) < version(written.getMetadata().getResourceVersion())) {
      return written;
    }
    ahead.remove(meta.getUid(), written);
    return cached;
  }

  private static long version(String text) {
    return Long.parseLong(text);
  }

  private record Watch(String name, String selector) {}

  private static <R extends HasMetadata> InformerEventSource<R, ModelConfig> source(
      EventSourceContext<ModelConfig> context,
      Class<R> kind,
      Watch watch,
      Function<HasMetadata, Set<ResourceID>> concerned,
      Consumer<HasMetadata> labelled,
      Consumer<HasMetadata> gone) {
    var source =
        new InformerEventSource<R, ModelConfig>(
            InformerEventSourceConfiguration.from(kind, ModelConfig.class)
                .withName(watch.name)
                .withNamespacesInheritedFromController()
                .withInformerListLimit(Controllers.AT_ONCE)
                .withLabelSelector(watch.selector)
                .withSecondaryToPrimaryMapper(concerned::apply)
                .build(),
            context) {

          /// The framework shows the mapper the new object only, so the one that it was labelled
          /// for before would not hear of it (traps R46).
          @Override
          public void onUpdate(R before, R now) {
            super.onUpdate(before, now);
            if (!Labelled.label(before, Labels.MODEL_CONFIG)
                .equals(Labelled.label(now, Labels.MODEL_CONFIG))) {
              labelled.accept(now);
            }
            var still = concerned.apply(now);
            concerned.apply(before).stream()
                .filter(one -> !still.contains(one))
                .forEach(one -> getEventHandler().handleEvent(new Event(one)));
          }

          @Override
          public void onAdd(R one) {
            super.onAdd(one);
            labelled.accept(one);
          }

          @Override
          public synchronized void onDelete(R last, boolean guessed) {
            super.onDelete(last, guessed);
            gone.accept(last);
          }
        };
    source.addIndexers(Map.of(BY_NAME, Workloads::keys));
    return source;
  }

  private static List<String> keys(HasMetadata workload) {
    var labels =
        Objects.requireNonNullElse(workload.getMetadata().getLabels(), Map.<String, String>of());
    return Stream.of(Labels.MODEL_CONFIG, Labels.DELIVERED_BY)
        .flatMap(label -> Optional.ofNullable(labels.get(label)).stream())
        .distinct()
        .map(value -> workload.getMetadata().getNamespace() + "/" + value)
        .toList();
  }
}
