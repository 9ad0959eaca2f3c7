package dev.llmconfig.reconcile;

import dev.llmconfig.api.Labels;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.domain.Ref;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.health.Status;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/// Wakes a key when something happens to the SealedSecret that was made of it. Only the metadata of
/// ours is watched.
///
/// It begins when it is told to, because a cluster need not have the API nor the account a right on
/// it; and it goes on while the API is taken away and comes back. An informer of the framework
/// would make the operator unready in that time.
final class SealedSecretWatch extends AbstractEventSource<GenericKubernetesResource, ApiKeyConfig>
    implements ResourceEventHandler<GenericKubernetesResource> {

  private final KubernetesClient metadata;
  private final Set<String> namespaces;
  private final List<SharedIndexInformer<GenericKubernetesResource>> informers =
      new CopyOnWriteArrayList<>();
  private volatile boolean forbidden;

  /// @param namespaces none means all
  SealedSecretWatch(KubernetesClient metadata, Set<String> namespaces) {
    super(GenericKubernetesResource.class, "sealed-secrets");
    this.metadata = metadata;
    this.namespaces = Set.copyOf(namespaces);
  }

  /// What is there when it begins wakes its keys as well, so nothing is missed in between.
  synchronized void begin() {
    if (informers.isEmpty() && isRunning()) {
      (namespaces.isEmpty() ? Stream.of("") : namespaces.stream())
          .map(this::informer)
          .forEach(informers::add);
      informers.forEach(SharedIndexInformer::start);
    }
  }

  @Override
  public synchronized void stop() {
    informers.forEach(SharedIndexInformer::stop);
    informers.clear();
    super.stop();
  }

  /// Whether it has seen this one, and has not seen it go.
  boolean holds(Ref sealedSecret) {
    return informers.stream()
        .anyMatch(informer -> informer.getIndexer().getByKey(sealedSecret.toString()) != null);
  }

  /// That the API is not there is no fault, but a right that is there in part is one.
  @Override
  public Status getStatus() {
    return forbidden && !informers.stream().allMatch(SharedIndexInformer::isWatching)
        ? Status.UNHEALTHY
        : Status.HEALTHY;
  }

  @Override
  public Set<GenericKubernetesResource> getSecondaryResources(ApiKeyConfig key) {
    return Set.of();
  }

  @Override
  public void onAdd(GenericKubernetesResource sealed) {
    wake(sealed);
  }

  @Override
  public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource sealed) {
    wake(sealed);
  }

  @Override
  public void onDelete(GenericKubernetesResource sealed, boolean unsure) {
    wake(sealed);
  }

  private void wake(GenericKubernetesResource sealed) {
    var meta = sealed.getMetadata();
    Optional.ofNullable(meta.getLabels())
        .map(labels -> labels.get(Labels.API_KEY))
        .map(key -> new Event(new ResourceID(key, meta.getNamespace())))
        .ifPresent(getEventHandler()::handleEvent);
  }

  private SharedIndexInformer<GenericKubernetesResource> informer(String namespace) {
    var all = metadata.genericKubernetesResources(SealedSecretObject.RESOURCE);
    return (namespace.isEmpty() ? all.inAnyNamespace() : all.inNamespace(namespace))
        .withLabel(Labels.MANAGED_BY, Labels.OPERATOR)
        .withLabel(Labels.API_KEY)
        .runnableInformer(0)
        .addEventHandler(this)
        .exceptionHandler((_, failure) -> {
          forbidden = isForbidden(failure);
          return true;
        });
  }

  private static boolean isForbidden(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .anyMatch(cause ->
            cause instanceof KubernetesClientException refused && refused.getCode() == 403);
  }
}
