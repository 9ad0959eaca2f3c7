package dev.llmconfig.reconcile;

import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.util.Optional;
import java.util.Set;

/// Wakes every key when the key ring changes: each one may have to be encrypted anew, or can be
/// opened again.
final class RingChanges extends AbstractEventSource<Encryption, ApiKeyConfig> {

  private final Encryptions encryptions;
  private final IndexedResourceCache<ApiKeyConfig> keys;
  private Optional<Encryptions.Subscription> subscription = Optional.empty();

  RingChanges(Encryptions encryptions, IndexedResourceCache<ApiKeyConfig> keys) {
    super(Encryption.class, "ring-changes");
    this.encryptions = encryptions;
    this.keys = keys;
  }

  @Override
  public void start() {
    super.start();
    subscription = Optional.of(encryptions.onChange(this::wakeAll));
  }

  @Override
  public void stop() {
    subscription.ifPresent(Encryptions.Subscription::close);
    super.stop();
  }

  @Override
  public Set<Encryption> getSecondaryResources(ApiKeyConfig key) {
    return Set.of();
  }

  private void wakeAll() {
    keys.list()
        .map(ResourceID::fromResource)
        .forEach(id -> getEventHandler().handleEvent(new Event(id)));
  }
}
