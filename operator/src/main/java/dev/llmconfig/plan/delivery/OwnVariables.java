package dev.llmconfig.plan.delivery;

import dev.llmconfig.agent.Containers;
import dev.llmconfig.agent.Shadows;
import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.guest.Content;
import dev.llmconfig.guest.Ownership;
import dev.llmconfig.guest.Standing;
import dev.llmconfig.guest.Workload;
import dev.llmconfig.plan.rollout.Hindrance;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The variables that a container has by its own manifest. Some go before ours wherever they stand:
/// the agent would run on something else than we say, or take our key to another place.
///
/// @param known as in [dev.llmconfig.guest.Delivery]
record OwnVariables(Workload workload, Set<String> known) {

  /// What stays in the container: what we have put there goes, or is replaced.
  List<EnvVar> of(Container container) {
    var ownership = Ownership.of(workload);
    return container.getEnv().stream()
        .filter(one ->
            switch (ownership.variable(container.getName(), one.getName())) {
              case Standing.Ours _ -> false;
              case Standing.Restored _ -> !known.contains(one.getName());
              default -> true;
            })
        .toList();
  }

  /// Of mode Env.
  Optional<Hindrance> overruling(Parcel.Ready parcel) {
    if (!(parcel.content() instanceof Content.Variables)) {
      return Optional.empty();
    }
    var told = Containers.of(workload.template().getSpec(), parcel.containers()).names();
    return workload.template().getSpec().getContainers().stream()
        .filter(one -> told.contains(one.getName()))
        .flatMap(one -> overruling(one, parcel).stream())
        .findFirst();
  }

  private Optional<Hindrance> overruling(Container container, Parcel.Ready parcel) {
    var found =
        Shadows.of(
            parcel.profile(),
            parcel.variables(),
            of(container).stream().map(EnvVar::getName).toList());
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Hindrance(
                ConditionReason.ShadowedEnv,
                "its own manifest sets %s in container %s, which goes before what is delivered; take it out there"
                    .formatted(String.join(", ", found), container.getName())));
  }
}
