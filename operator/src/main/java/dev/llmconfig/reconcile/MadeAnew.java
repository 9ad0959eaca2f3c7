package dev.llmconfig.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Wakes an object that was deleted and made again at once. What is heard of the new one while the
/// end of the old one is still worked on, the framework forgets together with the old one, and for
/// good: not even its interval is left.
final class MadeAnew<P extends HasMetadata> extends AbstractEventSource<Void, P> {

  private static final long SECONDS = 1;

  private final IndexedResourceCache<P> objects;
  private @Nullable ScheduledExecutorService timer;

  MadeAnew(IndexedResourceCache<P> objects) {
    super(Void.class, "made-anew");
    this.objects = objects;
  }

  @Override
  public synchronized void start() {
    super.start();
    timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("made-anew").daemon().factory());
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
  public Set<Void> getSecondaryResources(P object) {
    return Set.of();
  }

  /// To be called when the end of an object was worked on; it is forgotten a moment later.
  @SuppressWarnings("FutureReturnValueIgnored") // wake() throws nothing, and ends with the term
  synchronized void lookAgain(ResourceID id) {
    if (timer != null) {
      timer.schedule(() -> wake(id), SECONDS, TimeUnit.SECONDS);
    }
  }

  private void wake(ResourceID id) {
    objects
        .get(id)
        .ifPresent(object ->
            getEventHandler().handleEvent(new ResourceEvent(ResourceAction.UPDATED, id, object)));
  }
}
