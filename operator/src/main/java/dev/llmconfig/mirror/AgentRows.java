package dev.llmconfig.mirror;

import dev.llmconfig.api.Labels;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.domain.DefaultClaim;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Ref;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The rows of workloads. What they say comes from two objects, so both of them move it.
final class AgentRows {

  private final Caches caches;

  /// Who was the default of a namespace when its followers were looked at last.
  private final Map<String, String> defaults = new HashMap<>();

  AgentRows(Caches caches) {
    this.caches = caches;
  }

  /// What was touched, with the workloads whose rows may have moved by it.
  Set<Touched> with(Set<Touched> touched) {
    var all = new LinkedHashSet<>(touched);
    var namespaces = new LinkedHashSet<String>();
    for (var one : touched) {
      if (one.what() == Touched.What.MODEL_CONFIG) {
        add(all, one.ref());
        namespaces.add(one.ref().namespace());
      }
    }
    for (var namespace : namespaces) {
      var now = defaultOf(namespace);
      var before = defaults.put(namespace, now);
      if (!now.equals(before)
          || touched.contains(new Touched(Touched.What.MODEL_CONFIG, new Ref(namespace, now)))) {
        add(all, new Ref(namespace, Labels.DEFAULT));
      }
    }
    return all;
  }

  private void add(Set<Touched> all, Ref modelConfig) {
    caches
        .agentsOf(modelConfig)
        .forEach(one -> all.add(new Touched(Touched.What.AGENT, AgentProjection.ref(one))));
  }

  RowChange change(Ref ref) {
    return caches
        .agent(ref)
        .map(one -> row(one, defaultOf(one)))
        .<RowChange>map(RowChange.AgentIs::new)
        .orElseGet(() -> new RowChange.Gone(ObjectKind.Agent, ref));
  }

  Stream<AgentRow> all() {
    var found = new HashMap<String, String>();
    return caches
        .agents()
        .map(one ->
            row(one, found.computeIfAbsent(one.getMetadata().getNamespace(), this::defaultOf)));
  }

  private AgentRow row(HasMetadata workload, String byDefault) {
    var namespace = workload.getMetadata().getNamespace();
    var labels = AgentProjection.labels(workload);
    var marked = labels.getOrDefault(Labels.DELIVERED_BY, "");
    var label = labels.get(Labels.MODEL_CONFIG);
    var asksFor = label == null ? marked : label.equals(Labels.DEFAULT) ? byDefault : label;
    return new AgentProjection(
            workload, asksFor, config(namespace, asksFor), config(namespace, marked))
        .row();
  }

  private String defaultOf(HasMetadata follower) {
    return Labels.DEFAULT.equals(AgentProjection.labels(follower).get(Labels.MODEL_CONFIG))
        ? defaultOf(follower.getMetadata().getNamespace())
        : "";
  }

  private String defaultOf(String namespace) {
    return caches
        .defaults(namespace)
        .flatMap(one -> Parsing.defaultClaim(one).stream())
        .min(DefaultClaim::compareTo)
        .map(DefaultClaim::name)
        .orElse("");
  }

  private Optional<ModelConfig> config(String namespace, String name) {
    return name.isEmpty() ? Optional.empty() : caches.modelConfig(new Ref(namespace, name));
  }
}
