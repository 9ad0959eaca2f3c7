package dev.llmconfig.impact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Labels;
import dev.llmconfig.domain.ParameterOutcome;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.plan.delivery.Holders;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What would become of agents if manifests were applied.
public final class Preview {

  private Preview() {}

  /// Whether an object can be taken into account: it is what its kind says.
  public static boolean reads(ObjectNode object) {
    return Scene.reads(object);
  }

  /// To a cluster as it is.
  public static Impact of(World cluster, List<ObjectNode> manifests, Instant now) {
    return compared(cluster, Applying.to(cluster, manifests, now), manifests, now);
  }

  /// To a cluster in which everything of a folder has been applied and has come to rest: without a
  /// cluster nobody knows better.
  public static Impact of(List<ObjectNode> folder, List<ObjectNode> manifests, Instant now) {
    return of(Settled.of(Applying.restored(World.EMPTY, folder, now), now), manifests, now);
  }

  /// To a cluster in which there is nothing yet.
  public static Impact ofAll(List<ObjectNode> folder, Instant now) {
    return compared(World.EMPTY, Applying.restored(World.EMPTY, folder, now), folder, now);
  }

  /// What becomes of agents when objects come to be others.
  ///
  /// @param touched keys and configs that were changed, whose agents are told of in any case
  public static Map<Id, Fate> fates(World before, World after, Set<Id> touched, Instant now) {
    var was = new Scene(before);
    return Fate.all(
        new Forecast(was, was, KeyForecast.NEW_KEY, now),
        new Forecast(was, new Scene(after), KeyForecast.NEW_KEY, now),
        touched);
  }

  /// The parameters of a ModelConfig that its model would not be sent as they are asked for.
  public static List<ParameterOutcome> unhonoured(
      World before, World after, Ref model, Instant now) {
    return new Forecast(new Scene(before), new Scene(after), KeyForecast.NEW_KEY, now)
        .unhonoured(model);
  }

  /// What agents would be given of a ModelConfig; empty where it is none.
  public static Optional<Given> given(World before, World after, Ref model, Instant now) {
    return new Forecast(new Scene(before), new Scene(after), KeyForecast.NEW_KEY, now).given(model);
  }

  /// A ModelConfig is shown where it was named, or where the manifests make a difference to it.
  private static Impact compared(
      World world, World changed, List<ObjectNode> manifests, Instant now) {
    var before = new Scene(world);
    var after = new Scene(changed);
    var named = manifests.stream().map(Id::of).collect(Collectors.toSet());
    var without = new HashSet<>(new Forecast(before, before, KeyForecast.NEW_KEY, now).all());
    var models =
        new Forecast(before, after, KeyForecast.NEW_KEY, now)
            .all().stream()
                .filter(
                    one -> named.contains(new Id(Kinds.MODEL, one.ref())) || !without.contains(one))
                .toList();
    return new Impact(models, notes(after, named));
  }

  /// Of workloads that were named and get nothing.
  private static List<String> notes(Scene scene, Set<Id> named) {
    return named.stream()
        .filter(id -> Kinds.workload(id.kind()))
        .sorted()
        .flatMap(id ->
            scene.workloads(id.ref().namespace()).stream()
                .filter(one -> one.getKind().equals(id.kind()))
                .filter(one -> one.getMetadata().getName().equals(id.ref().name()))
                .flatMap(one -> note(scene.holders(id.ref().namespace()), one).stream()))
        .toList();
  }

  private static Optional<String> note(Holders holders, HasMetadata workload) {
    var meta = workload.getMetadata();
    var labels = WorkloadForecast.labels(workload);
    var name = labels.getOrDefault(Labels.MODEL_CONFIG, "");
    return switch (holders.of(labels)) {
      case Holders.Holder.One _ -> Optional.empty();
      case Holders.Holder.NoDefault _ ->
          Optional.of(
              "%s %s follows the default of namespace %s, and no ModelConfig there has isDefault: true."
                  .formatted(workload.getKind(), meta.getName(), meta.getNamespace()));
      case Holders.Holder.Nobody _ when name.isEmpty() -> Optional.empty();
      case Holders.Holder.Nobody _ ->
          Optional.of(
              "%s %s names ModelConfig %s, and there is none in namespace %s."
                  .formatted(workload.getKind(), meta.getName(), name, meta.getNamespace()));
    };
  }
}
