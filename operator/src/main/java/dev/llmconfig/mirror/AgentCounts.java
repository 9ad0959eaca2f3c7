package dev.llmconfig.mirror;

import static java.util.Objects.requireNonNullElse;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.v1alpha1.ModelConfigStatus;
import dev.llmconfig.api.v1alpha1.WorkloadBehind;
import dev.llmconfig.api.v1alpha1.WorkloadCounts;
import dev.llmconfig.domain.AgentState;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How many agents of a ModelConfig are in which state, by its status. That counts all and names
/// ten: of the others only the number is known, and what `Delivered` says of the most important.
final class AgentCounts {

  private final Map<AgentState, Integer> counts = new EnumMap<>(AgentState.class);

  private AgentCounts() {}

  /// States that no agent is in are left out.
  static Map<AgentState, Integer> of(ModelConfigStatus status) {
    var counted = requireNonNullElse(status.getWorkloads(), new WorkloadCounts());
    var all = new AgentCounts();
    named(status).forEach(one -> all.add(AgentState.behind(Projection.text(one.getReason())), 1));
    var upToDate =
        Math.clamp(count(counted.getMatched()) - all.sum(), 0, count(counted.getUpToDate()));
    all.add(AgentState.UpToDate, upToDate);
    all.fill(AgentState.Rolling, count(counted.getRolling()), count(counted.getMatched()));
    all.add(others(status), count(counted.getMatched()) - all.sum());
    return all.counts;
  }

  /// Those that another ModelConfig has are named, and not among its own.
  static List<WorkloadBehind> named(ModelConfigStatus status) {
    return requireNonNullElse(status.getBehind(), List.<WorkloadBehind>of()).stream()
        .filter(one -> !ConditionReason.EnvCollision.name().equals(one.getReason()))
        .toList();
  }

  /// The state of those that are behind and not named.
  static AgentState others(ModelConfigStatus status) {
    return requireNonNullElse(status.getConditions(), List.<Condition>of()).stream()
        .filter(one -> "Delivered".equals(one.getType()) && !"True".equals(one.getStatus()))
        .findFirst()
        .map(one -> AgentState.behind(Projection.text(one.getReason())))
        .filter(state -> state == AgentState.Behind || state == AgentState.RolledBack)
        .orElse(AgentState.Waiting);
  }

  private void fill(AgentState state, int upTo, int matched) {
    add(state, Math.min(upTo - counts.getOrDefault(state, 0), matched - sum()));
  }

  private void add(AgentState state, int more) {
    if (more > 0) {
      counts.merge(state, more, Integer::sum);
    }
  }

  private int sum() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static int count(@Nullable Integer value) {
    return value == null ? 0 : value;
  }
}
