package dev.llmconfig.reconcile;

import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.domain.ModelSettings;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.domain.WorkloadSelector;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Optional;
import java.util.Set;

/// When a ModelConfig begins or ceases to claim the default of its namespace, or selects others
/// than before, those that it competes with are woken: a workload may be theirs now, or no longer.
final class Rivals extends AbstractEventSource<WorkloadSelector, ModelConfig>
    implements ResourceEventAware<ModelConfig> {

  private final Neighbours neighbours;

  Rivals(Neighbours neighbours) {
    super(WorkloadSelector.class, "rivals");
    this.neighbours = neighbours;
  }

  @Override
  public void onResourceCreated(ModelConfig model) {
    if (Parsing.defaultClaim(model).isPresent() || selector(model).isPresent()) {
      wake(model);
    }
  }

  @Override
  public void onResourceUpdated(ModelConfig model, ModelConfig before) {
    if (!Parsing.defaultClaim(model).equals(Parsing.defaultClaim(before))
        || model.isMarkedForDeletion() != before.isMarkedForDeletion()
        || !selector(model).equals(selector(before))) {
      wake(model);
    }
  }

  @Override
  public void onResourceDeleted(ModelConfig model) {
    wake(model);
  }

  @Override
  public Set<WorkloadSelector> getSecondaryResources(ModelConfig model) {
    return Set.of();
  }

  private void wake(ModelConfig model) {
    if (isRunning()) {
      neighbours.rivals(model).forEach(rival -> getEventHandler().handleEvent(new Event(rival)));
    }
  }

  private static Optional<WorkloadSelector> selector(ModelConfig model) {
    return Parsing.model(model) instanceof Validated.Valid<ModelSettings>(var settings)
        ? settings.delivery().selector()
        : Optional.empty();
  }
}
