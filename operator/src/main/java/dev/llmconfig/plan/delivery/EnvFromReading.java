package dev.llmconfig.plan.delivery;

import dev.llmconfig.agent.Containers;
import dev.llmconfig.agent.Entry;
import dev.llmconfig.agent.Shadows;
import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.guest.Ownership;
import dev.llmconfig.plan.rollout.Hindrance;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How an agent reads the Secret of mode EnvFrom: whether its own manifest names it, and whether
/// what is in it is what the agent finds. In a container `env` goes before every source of
/// `envFrom`, and of those the last one goes first.
///
/// @param known as in [dev.llmconfig.guest.Delivery]
/// @param others the variables of other sources of `envFrom`
record EnvFromReading(
    Ownership ownership, Parcel.Ready parcel, Set<String> known, Map<String, Set<String>> others) {

  private Need.Environment environment() {
    return parcel.environment().orElseThrow();
  }

  /// Whether a told container reads it.
  boolean referenced() {
    return readers().findAny().isPresent();
  }

  Optional<Hindrance> hindrance() {
    return shadowed().or(this::notReferenced);
  }

  private Optional<Hindrance> notReferenced() {
    return referenced()
        ? Optional.empty()
        : Optional.of(
            new Hindrance(
                ConditionReason.EnvFromNotReferenced,
                "its manifest does not name Secret %1$s; add envFrom: [{secretRef: {name: %1$s}}] to container %2$s"
                    .formatted(environment().name(), String.join(" or ", told()))));
  }

  private Optional<Hindrance> shadowed() {
    return readers().flatMap(one -> shadowed(one).stream()).findFirst();
  }

  private Optional<Hindrance> shadowed(Container container) {
    var sources = container.getEnvFrom();
    var own = new OwnVariables(ownership, known).of(container);
    var found = new TreeSet<String>();
    for (int at = 0; at < sources.size(); at++) {
      if (!ours(sources.get(at))) {
        continue;
      }
      var prefix = Objects.requireNonNullElse(sources.get(at).getPrefix(), "");
      var later = new ArrayList<String>();
      sources.subList(at + 1, sources.size()).forEach(one -> later.addAll(variables(one)));
      for (var entry : environment().entries()) {
        var name = prefix + entry.name();
        if (later.contains(name)
            || own.stream().anyMatch(one -> one.getName().equals(name) && !same(one, entry))) {
          found.add(name);
        }
      }
      if (prefix.isEmpty()) {
        found.addAll(Shadows.of(parcel.profile(), parcel.variables(), elsewhere(own, sources)));
      }
    }
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Hindrance(
                ConditionReason.ShadowedEnv,
                "its own manifest sets %s in container %s, which goes before Secret %s; take it out there"
                    .formatted(
                        String.join(", ", found), container.getName(), environment().name())));
  }

  private List<String> elsewhere(List<EnvVar> own, List<EnvFromSource> sources) {
    return Stream.concat(
            own.stream().map(EnvVar::getName),
            sources.stream().filter(one -> !ours(one)).flatMap(one -> variables(one).stream()))
        .toList();
  }

  private static boolean same(EnvVar own, Entry entry) {
    return entry.value() instanceof Entry.Literal(var text) && text.equals(own.getValue());
  }

  private Set<String> variables(EnvFromSource source) {
    var prefix = Objects.requireNonNullElse(source.getPrefix(), "");
    return ProvidedNames.source(source)
        .flatMap(name -> Optional.ofNullable(others.get(name)))
        .stream()
        .flatMap(Set::stream)
        .map(name -> prefix + name)
        .collect(Collectors.toSet());
  }

  private boolean ours(EnvFromSource source) {
    return ProvidedNames.is(source, environment().name());
  }

  private Stream<Container> readers() {
    var told = told();
    return ownership.workload().template().getSpec().getContainers().stream()
        .filter(one -> told.contains(one.getName()))
        .filter(one -> one.getEnvFrom().stream().anyMatch(this::ours));
  }

  private List<String> told() {
    return Containers.of(ownership.workload().template().getSpec(), parcel.containers()).names();
  }
}
