package dev.llmconfig.reconcile;

import dev.llmconfig.api.v1alpha1.HandledModelRequests;
import dev.llmconfig.api.v1alpha1.ModelConfigStatus;
import dev.llmconfig.domain.AppliedStatus;
import dev.llmconfig.plan.RememberedModel;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads back what the status of a ModelConfig says. What is not understood there is as good as
/// forgotten.
public final class ModelMemory {

  private ModelMemory() {}

  public static RememberedModel of(@Nullable ModelConfigStatus status) {
    if (status == null) {
      return RememberedModel.NOTHING;
    }
    var handled = Optional.ofNullable(status.getHandled());
    return new RememberedModel(
        Objects.requireNonNullElse(status.getObservedGeneration(), 0L),
        AppliedStatus.read(status.getRevision(), status.getApplied()),
        Optional.ofNullable(status.getCandidate()),
        Optional.ofNullable(status.getFailedRevision()),
        new RememberedModel.Handled(
            handled.map(HandledModelRequests::getVerify),
            handled.map(HandledModelRequests::getRetry)),
        KeyMemory.reports(Objects.requireNonNullElse(status.getConditions(), List.<Condition>of())),
        KeyMemory.notes(status.getNotes()));
  }
}
