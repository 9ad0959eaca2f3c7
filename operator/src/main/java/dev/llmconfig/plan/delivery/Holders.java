package dev.llmconfig.plan.delivery;

import dev.llmconfig.api.Labels;
import dev.llmconfig.domain.DefaultClaim;
import dev.llmconfig.domain.WorkloadSelector;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which ModelConfig of a namespace delivers to which workload: one at a time, by the label with
/// its name, else by the label `default`, else by a selector.
///
/// @param names of all that are not being deleted
/// @param followersGoTo who has the role of the default
/// @param selecting those with a selector that are not being deleted
public record Holders(
    Set<String> names, Optional<String> followersGoTo, List<Selecting> selecting) {

  /// A ModelConfig that selects workloads which carry no label of ours.
  public record Selecting(DefaultClaim age, WorkloadSelector selector) {}

  /// Whose a workload is.
  public sealed interface Holder {

    record One(String modelConfig) implements Holder {}

    /// It follows a default that is not there: what it has stays.
    record NoDefault() implements Holder {}

    /// Nobody's.
    record Nobody() implements Holder {}
  }

  public Holders {
    names = Set.copyOf(names);
    selecting = selecting.stream().sorted(Comparator.comparing(Selecting::age)).toList();
  }

  public Holder of(Map<String, String> labels) {
    var label = labels.get(Labels.MODEL_CONFIG);
    if (label == null) {
      return selecting.stream()
          .filter(one -> one.selector().matches(labels))
          .findFirst()
          .<Holder>map(one -> new Holder.One(one.age().name()))
          .orElseGet(Holder.Nobody::new);
    }
    if (label.equals(Labels.DEFAULT)) {
      return followersGoTo.<Holder>map(Holder.One::new).orElseGet(Holder.NoDefault::new);
    }
    return names.contains(label) ? new Holder.One(label) : new Holder.Nobody();
  }

  /// Whether this one would have it, were it not for somebody else.
  boolean selects(String modelConfig, Map<String, String> labels) {
    return labels.get(Labels.MODEL_CONFIG) == null
        && selecting.stream()
            .filter(one -> one.age().name().equals(modelConfig))
            .anyMatch(one -> one.selector().matches(labels));
  }
}
