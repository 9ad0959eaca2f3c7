package dev.llmconfig.plan.delivery;

import dev.llmconfig.agent.Containers;
import dev.llmconfig.agent.Shadows;
import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.guest.Content;
import dev.llmconfig.guest.Ownership;
import dev.llmconfig.guest.Standing;
import dev.llmconfig.plan.rollout.Hindrance;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// The variables that a container has by its own manifest. Some go before ours wherever they stand:
/// the agent would run on something else than we say, or take our key to another place.
///
/// @param known as in [dev.llmconfig.guest.Delivery]
record OwnVariables(Ownership ownership, Set<String> known) {

  /// What stays in the container: what we have put there goes, or is replaced.
  List<EnvVar> of(Container container) {
    return container.getEnv().stream()
        .filter(one ->
            switch (ownership.variable(container.getName(), one.getName())) {
              case Standing.Ours _ -> false;
              case Standing.Restored _ -> !known.contains(one.getName());
              default -> true;
            })
        .toList();
  }

  /// Of mode Env. A source of `envFrom` cannot set what we set, but what goes before it.
  ///
  /// @param sources as in [DeliveryObserved]
  Optional<Hindrance> overruling(Parcel.Ready parcel, Map<String, Set<String>> sources) {
    if (!(parcel.content() instanceof Content.Variables)) {
      return Optional.empty();
    }
    var pod = ownership.workload().template().getSpec();
    var told = Containers.of(pod, parcel.containers()).names();
    return pod.getContainers().stream()
        .filter(one -> told.contains(one.getName()))
        .flatMap(one -> overruling(one, parcel).or(() -> overruling(one, parcel, sources)).stream())
        .findFirst();
  }

  private Optional<Hindrance> overruling(Container container, Parcel.Ready parcel) {
    return overruled(parcel, of(container).stream().map(EnvVar::getName).toList())
        .map(found ->
            shadowed(
                "its own manifest sets %s in container %s, which goes before what is delivered; take it out there"
                    .formatted(found, container.getName())));
  }

  private static Optional<Hindrance> overruling(
      Container container, Parcel.Ready parcel, Map<String, Set<String>> sources) {
    for (var source : container.getEnvFrom()) {
      var name = ProvidedNames.source(source).orElse("");
      var prefix = Objects.requireNonNullElse(source.getPrefix(), "");
      var names = sources.getOrDefault(name, Set.of()).stream().map(one -> prefix + one).toList();
      var found = overruled(parcel, names);
      if (found.isPresent()) {
        return Optional.of(
            shadowed(
                "%s, which its container %s reads by envFrom, sets %s, which goes before what is delivered; take it out there"
                    .formatted(name, container.getName(), found.get())));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> overruled(Parcel.Ready parcel, List<String> names) {
    var found = Shadows.of(parcel.profile(), parcel.variables(), names);
    return found.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", found));
  }

  private static Hindrance shadowed(String sentence) {
    return new Hindrance(ConditionReason.ShadowedEnv, sentence);
  }
}
