package dev.llmconfig.reconcile;

import dev.llmconfig.api.Labels;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.domain.DefaultClaim;
import dev.llmconfig.domain.ModelSettings;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.domain.WorkloadSelector;
import dev.llmconfig.plan.delivery.Holders;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The ModelConfigs of a namespace, as far as they can be in each other's way.
final class Neighbours {

  private static final String CLAIMING = "claiming-the-default";
  private static final String SELECTING = "selecting-workloads";

  /// No namespace is called that.
  private static final String EVERYWHERE = "*";

  private final IndexerResourceCache<ModelConfig> models;

  private Neighbours(IndexerResourceCache<ModelConfig> models) {
    this.models = models;
  }

  static Neighbours of(IndexerResourceCache<ModelConfig> models) {
    models.addIndexer(
        CLAIMING,
        model -> Parsing.defaultClaim(model).map(_ -> namespace(model)).stream().toList());
    models.addIndexer(
        SELECTING,
        model -> selecting(model).isPresent() ? List.of(namespace(model), EVERYWHERE) : List.of());
    return new Neighbours(models);
  }

  /// Whose these workloads can be.
  Holders holders(String namespace, Collection<? extends HasMetadata> workloads) {
    var names =
        workloads.stream()
            .map(workload -> Labelled.labels(workload).getOrDefault(Labels.MODEL_CONFIG, ""))
            .filter(name -> !name.isEmpty())
            .distinct()
            .filter(name -> stays(name, namespace))
            .collect(Collectors.toSet());
    return new Holders(
        names,
        claims(namespace).min(DefaultClaim::compareTo).map(DefaultClaim::name),
        models.byIndex(SELECTING, namespace).stream()
            .flatMap(model -> selecting(model).stream())
            .toList());
  }

  /// Whom a workload concerns.
  Set<ResourceID> concerned(HasMetadata workload) {
    var namespace = workload.getMetadata().getNamespace();
    var labels = Labelled.labels(workload);
    var concerned = new HashSet<ResourceID>();
    Stream.of(Labels.MODEL_CONFIG, Labels.DELIVERED_BY)
        .flatMap(label -> Optional.ofNullable(labels.get(label)).stream())
        .filter(name -> !name.equals(Labels.DEFAULT))
        .forEach(name -> concerned.add(new ResourceID(name, namespace)));
    if (Labels.DEFAULT.equals(labels.get(Labels.MODEL_CONFIG))) {
      claims(namespace).forEach(claim -> concerned.add(new ResourceID(claim.name(), namespace)));
    }
    models.byIndex(SELECTING, namespace).stream()
        .flatMap(model -> selecting(model).stream())
        .filter(one -> one.selector().matches(labels))
        .forEach(one -> concerned.add(new ResourceID(one.age().name(), namespace)));
    return concerned;
  }

  /// All selectors that there are.
  Set<WorkloadSelector> selectors() {
    return models.byIndex(SELECTING, EVERYWHERE).stream()
        .flatMap(model -> selecting(model).stream())
        .map(Holders.Selecting::selector)
        .collect(Collectors.toSet());
  }

  /// Who else claims the default of its namespace.
  List<DefaultClaim> otherClaims(Ref model) {
    return claims(model.namespace()).filter(one -> !one.name().equals(model.name())).toList();
  }

  /// Why a workload that asks for settings gets none; empty where it will, or does not ask.
  Optional<String> nobodyFor(HasMetadata workload) {
    var namespace = workload.getMetadata().getNamespace();
    var name = Labelled.label(workload, Labels.MODEL_CONFIG);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    if (name.equals(Labels.DEFAULT)) {
      return claims(namespace).findAny().isPresent()
          ? Optional.empty()
          : Optional.of(
              "It follows the default of namespace %s, and no ModelConfig there has isDefault: true."
                  .formatted(namespace));
    }
    return exists(name, namespace)
        ? Optional.empty()
        : Optional.of(
            "There is no ModelConfig %s in namespace %s; create it, or correct the label %s."
                .formatted(name, namespace, Labels.MODEL_CONFIG));
  }

  private Stream<DefaultClaim> claims(String namespace) {
    return models.byIndex(CLAIMING, namespace).stream()
        .flatMap(model -> Parsing.defaultClaim(model).stream());
  }

  boolean exists(String name, String namespace) {
    return models.get(new ResourceID(name, namespace)).isPresent();
  }

  private boolean stays(String name, String namespace) {
    return models
        .get(new ResourceID(name, namespace))
        .filter(model -> !model.isMarkedForDeletion())
        .isPresent();
  }

  static Optional<Holders.Selecting> selecting(ModelConfig model) {
    return model.isMarkedForDeletion()
            || !(Parsing.model(model) instanceof Validated.Valid<ModelSettings>(var settings))
        ? Optional.empty()
        : settings
            .delivery()
            .selector()
            .map(selector ->
                new Holders.Selecting(
                    new DefaultClaim(settings.ref().name(), settings.created()), selector));
  }

  static Ref ref(ModelConfig model) {
    return new Ref(model.getMetadata().getNamespace(), model.getMetadata().getName());
  }

  private static String namespace(ModelConfig model) {
    return model.getMetadata().getNamespace();
  }

  /// Those that may have got or lost a workload by a change of this one.
  List<ResourceID> rivals(ModelConfig model) {
    var own = ResourceID.fromResource(model);
    return Stream.of(CLAIMING, SELECTING)
        .flatMap(index -> models.byIndex(index, namespace(model)).stream())
        .map(ResourceID::fromResource)
        .distinct()
        .filter(one -> !one.equals(own))
        .toList();
  }
}
