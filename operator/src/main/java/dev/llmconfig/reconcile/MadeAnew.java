package dev.llmconfig.reconcile;

import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
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

/// Wakes a key that was deleted and made again at once. What is heard of the new one while the end
/// of the old one is still worked on, the framework forgets together with the old one, and for
/// good: not even its interval is left.
final class MadeAnew extends AbstractEventSource<Void, ApiKeyConfig> {

  private static final long SECONDS = 1;

  private final IndexedResourceCache<ApiKeyConfig> keys;
  private @Nullable ScheduledExecutorService timer;

  MadeAnew(IndexedResourceCache<ApiKeyConfig> keys) {
    super(Void.class, "made-anew");
    this.keys = keys;
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
  public Set<Void> getSecondaryResources(ApiKeyConfig key) {
    return Set.of();
  }

  /// To be called when the end of a key was worked on; it is forgotten a moment later.
  @SuppressWarnings("FutureReturnValueIgnored") // wake() throws nothing, and ends with the term
  synchronized void lookAgain(ResourceID key) {
    if (timer != null) {
      timer.schedule(() -> wake(key), SECONDS, TimeUnit.SECONDS);
    }
  }

  private void wake(ResourceID id) {
    keys.get(id)
        .ifPresent(key ->
            getEventHandler().handleEvent(new ResourceEvent(ResourceAction.UPDATED, id, key)));
  }
}
