package dev.llmconfig.reconcile;

import dev.llmconfig.agent.Profiles;
import dev.llmconfig.api.Labels;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.mirror.ProfileMaps;
import dev.llmconfig.plan.PlannedEvent;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/// The profiles that are in force: the built-in ones, and over them those of ConfigMaps in the
/// operator's namespace. Any agent may have chosen any of them, so a change wakes every
/// ModelConfig.
final class ClusterProfiles extends InformerEventSource<ConfigMap, ModelConfig> {

  private final Profiles builtIn = Profiles.builtIn();
  private final BiConsumer<? super ConfigMap, PlannedEvent> events;
  private Layers layers = new Layers(Map.of(), builtIn.with(List.of()));
  private final Set<String> told = new HashSet<>();

  /// @param versions of the ConfigMaps, by name
  private record Layers(Map<String, String> versions, Profiles.Layered layered) {}

  /// @param events takes what is to be told on a ConfigMap
  ClusterProfiles(
      EventSourceContext<ModelConfig> context,
      String home,
      BiConsumer<? super ConfigMap, PlannedEvent> events) {
    super(
        InformerEventSourceConfiguration.from(ConfigMap.class, ModelConfig.class)
            .withName("profiles")
            .withNamespaces(Set.of(home))
            .withLabelSelector(Labels.PROFILES + "=true")
            .withSecondaryToPrimaryMapper(_ ->
                context
                    .getPrimaryCache()
                    .list()
                    .map(ResourceID::fromResource)
                    .collect(Collectors.toSet()))
            .build(),
        context);
    this.events = events;
  }

  synchronized Profiles inForce() {
    return layers().profiles();
  }

  @Override
  public void onAdd(ConfigMap map) {
    super.onAdd(map);
    tell();
  }

  @Override
  public void onUpdate(ConfigMap before, ConfigMap now) {
    super.onUpdate(before, now);
    tell();
  }

  private Profiles.Layered layers() {
    var maps = list().toList();
    var versions = new TreeMap<String, String>();
    maps.forEach(
        map -> versions.put(map.getMetadata().getName(), map.getMetadata().getResourceVersion()));
    if (!versions.equals(layers.versions)) {
      var files = maps.stream().flatMap(map -> ProfileMaps.files(map).stream()).toList();
      layers = new Layers(versions, builtIn.with(files));
    }
    return layers.layered;
  }

  /// Once for each change for the worse.
  private synchronized void tell() {
    var now = new HashSet<String>();
    for (var refused : layers().refused()) {
      var name = refused.file().configMap();
      if (now.add(name + " " + refused.sentence()) && told.add(name + " " + refused.sentence())) {
        list()
            .filter(map -> map.getMetadata().getName().equals(name))
            .forEach(map ->
                events.accept(
                    map, new PlannedEvent(PlannedEvent.Reason.ProfileRefused, refused.sentence())));
      }
    }
    told.retainAll(now);
  }
}
