package dev.llmconfig.impact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.agent.ProfileFile;
import dev.llmconfig.agent.Profiles;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.domain.DefaultClaim;
import dev.llmconfig.domain.ModelSettings;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.guest.Workload;
import dev.llmconfig.plan.delivery.Holders;
import dev.llmconfig.reconcile.Reading;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The objects of a world as the planners take them.
final class Scene {

  private static final KubernetesSerialization READING = Reading.lenient();

  private static final Map<String, Class<? extends HasMetadata>> WORKLOADS =
      Map.of(
          "Deployment", Deployment.class,
          "StatefulSet", StatefulSet.class,
          "DaemonSet", DaemonSet.class,
          "CronJob", CronJob.class);

  private static final Profiles BUILT_IN = Profiles.builtIn();

  private final World world;
  private final Profiles profiles;
  private final SortedMap<Id, ModelConfig> models = new TreeMap<>();
  private final Map<String, List<HasMetadata>> workloads;

  Scene(World world) {
    this.world = world;
    this.profiles =
        BUILT_IN.with(world.of(Kinds.CONFIG_MAP).flatMap(Scene::profileFiles).toList()).profiles();
    world
        .of(Kinds.MODEL)
        .forEach(one -> models.put(Id.of(one), READING.convertValue(one, ModelConfig.class)));
    this.workloads =
        world
            .all()
            .flatMap(one ->
                Optional.<Class<? extends HasMetadata>>ofNullable(
                    WORKLOADS.get(one.getKey().kind()))
                    .map(type -> READING.convertValue(one.getValue(), type))
                    .stream())
            .collect(Collectors.groupingBy(one -> one.getMetadata().getNamespace()));
  }

  /// Whether an object is what its kind says.
  static boolean reads(ObjectNode object) {
    var kind = object.path("kind").asText();
    try {
      switch (kind) {
        case Kinds.API_KEY -> READING.convertValue(object, ApiKeyConfig.class);
        case Kinds.MODEL -> READING.convertValue(object, ModelConfig.class);
        default -> {
          var type = Optional.<Class<? extends HasMetadata>>ofNullable(WORKLOADS.get(kind));
          return type.isEmpty()
              || Workload.of(READING.convertValue(object, type.get())).template().getSpec() != null;
        }
      }
      return true;
    } catch (IllegalArgumentException | NullPointerException _) {
      return false;
    }
  }

  static ObjectNode tree(Object bean) {
    return READING.convertValue(bean, ObjectNode.class);
  }

  World world() {
    return world;
  }

  private static Stream<ProfileFile> profileFiles(ObjectNode map) {
    return map.path("data").properties().stream()
        .map(one ->
            new ProfileFile(
                map.path("metadata").path("name").asText(), one.getKey(), one.getValue().asText()));
  }

  /// Those that are in force, as far as it is told which ConfigMaps there are.
  Profiles profiles() {
    return profiles;
  }

  SortedMap<Id, ModelConfig> models() {
    return models;
  }

  /// A copy, to be changed at will.
  Optional<ApiKeyConfig> apiKey(Ref ref) {
    return world
        .find(new Id(Kinds.API_KEY, ref))
        .map(one -> READING.convertValue(one, ApiKeyConfig.class));
  }

  Optional<ObjectNode> secret(Ref ref) {
    return world.find(new Id(Kinds.SECRET, ref));
  }

  List<HasMetadata> workloads(String namespace) {
    return workloads.getOrDefault(namespace, List.of());
  }

  /// Who claims the agents that follow the default, besides this one.
  List<DefaultClaim> otherClaims(Ref model) {
    return claims(model.namespace()).filter(one -> !one.name().equals(model.name())).toList();
  }

  Holders holders(String namespace) {
    return new Holders(
        in(namespace).map(one -> one.getMetadata().getName()).collect(Collectors.toSet()),
        claims(namespace).min(DefaultClaim::compareTo).map(DefaultClaim::name),
        in(namespace).flatMap(one -> selecting(one).stream()).toList());
  }

  private Stream<DefaultClaim> claims(String namespace) {
    return in(namespace).flatMap(one -> Parsing.defaultClaim(one).stream());
  }

  private Stream<ModelConfig> in(String namespace) {
    return models.values().stream()
        .filter(one -> one.getMetadata().getNamespace().equals(namespace))
        .filter(one -> !one.isMarkedForDeletion());
  }

  private static Optional<Holders.Selecting> selecting(ModelConfig model) {
    return Parsing.model(model) instanceof Validated.Valid<ModelSettings>(var settings)
        ? settings
            .delivery()
            .selector()
            .map(selector ->
                new Holders.Selecting(
                    new DefaultClaim(settings.ref().name(), settings.created()), selector))
        : Optional.empty();
  }
}
