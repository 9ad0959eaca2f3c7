package dev.llmconfig.reconcile;

import dev.llmconfig.domain.Ref;
import dev.llmconfig.verify.Verdict;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.util.Set;

/// Wakes an object when a provider has answered about it.
final class ProbeEvents<P extends HasMetadata> extends AbstractEventSource<Verdict, P> {

  ProbeEvents(String name) {
    super(Verdict.class, name);
  }

  void wake(Ref asking) {
    if (isRunning()) {
      getEventHandler().handleEvent(new Event(new ResourceID(asking.name(), asking.namespace())));
    }
  }

  @Override
  public Set<Verdict> getSecondaryResources(P asking) {
    return Set.of();
  }
}
