package dev.llmconfig.domain;

import dev.llmconfig.api.SelectorOperator;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Selects workloads by their labels, as Kubernetes does. Never empty: that would be every workload
/// of the namespace.
public record WorkloadSelector(SortedMap<String, String> labels, List<Requirement> requirements) {

  public WorkloadSelector {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    requirements = List.copyOf(requirements);
    if (labels.isEmpty() && requirements.isEmpty()) {
      throw new IllegalArgumentException("an empty selector would take every workload");
    }
  }

  public boolean matches(Map<String, String> found) {
    return labels.entrySet().stream()
            .allMatch(label -> label.getValue().equals(found.get(label.getKey())))
        && requirements.stream().allMatch(one -> one.holds(found));
  }

  /// One condition on a label. `NotIn` holds for a workload that does not have the label.
  public record Requirement(String key, SelectorOperator operator, SortedSet<String> values) {

    public Requirement {
      values = Collections.unmodifiableSortedSet(new TreeSet<>(values));
    }

    private boolean holds(Map<String, String> found) {
      var value = found.get(key);
      return switch (operator) {
        case In -> value != null && values.contains(value);
        case NotIn -> value == null || !values.contains(value);
        case Exists -> value != null;
        case DoesNotExist -> value == null;
      };
    }
  }
}
