package dev.llmconfig.reconcile;

import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.plan.PlannedEvent;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Tells a workload that its label names nobody: there is no ModelConfig that could say so, and who
/// has misspelt a label looks at the workload.
final class DanglingLabels extends AbstractEventSource<Void, ModelConfig> {

  /// A chart applies both, in any order.
  private static final long SECONDS = 5;

  private final Neighbours neighbours;
  private final BiConsumer<HasMetadata, PlannedEvent> events;
  private final Map<String, Future<?>> waiting = new ConcurrentHashMap<>();
  private @Nullable ScheduledExecutorService timer;

  DanglingLabels(Neighbours neighbours, BiConsumer<HasMetadata, PlannedEvent> events) {
    super(Void.class, "dangling-labels");
    this.neighbours = neighbours;
    this.events = events;
  }

  /// What was there before was told already, by whoever led then.
  synchronized void begin() {
    if (isRunning() && timer == null) {
      timer =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().name("dangling-labels").daemon().factory());
    }
  }

  @Override
  public synchronized void stop() {
    if (timer != null) {
      timer.shutdownNow();
      timer = null;
    }
    super.stop();
  }

  @Override
  public Set<Void> getSecondaryResources(ModelConfig model) {
    return Set.of();
  }

  /// One that has come, or has another label than before.
  synchronized void seen(HasMetadata workload) {
    var uid = workload.getMetadata().getUid();
    var earlier = waiting.remove(uid);
    if (earlier != null) {
      earlier.cancel(false);
    }
    if (timer != null && neighbours.nobodyFor(workload).isPresent()) {
      waiting.put(uid, timer.schedule(() -> tell(workload), SECONDS, TimeUnit.SECONDS));
    }
  }

  private void tell(HasMetadata workload) {
    waiting.remove(workload.getMetadata().getUid());
    neighbours
        .nobodyFor(workload)
        .ifPresent(why ->
            events.accept(
                workload, new PlannedEvent(PlannedEvent.Reason.ModelConfigNotFound, why)));
  }
}
