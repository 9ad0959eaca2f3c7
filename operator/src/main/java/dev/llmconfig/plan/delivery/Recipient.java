package dev.llmconfig.plan.delivery;

import dev.llmconfig.agent.Containers;
import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.Labels;
import dev.llmconfig.api.RolloutPolicy;
import dev.llmconfig.domain.AppliedRevision;
import dev.llmconfig.guest.Delivery;
import dev.llmconfig.guest.Guest;
import dev.llmconfig.guest.GuestPatch;
import dev.llmconfig.guest.Ownership;
import dev.llmconfig.guest.Workload;
import dev.llmconfig.plan.Wanted;
import dev.llmconfig.plan.rollout.Agent;
import dev.llmconfig.plan.rollout.Hindrance;
import dev.llmconfig.plan.rollout.Pods;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A workload that this ModelConfig delivers to, with what it would get of the new settings and of
/// the last good ones.
record Recipient(
    DeliveryObserved seen,
    HasMetadata object,
    Ownership ownership,
    Parcel candidate,
    Optional<Parcel> applied,
    Set<String> keys,
    boolean requested) {

  static Recipient of(
      DeliveryObserved seen,
      HasMetadata object,
      Wanted wanted,
      Optional<AppliedRevision> applied,
      boolean requested) {
    var choice = OwnChoice.of(seen, object, wanted);
    var keys = new HashSet<String>(Set.of(wanted.revision().apiKey()));
    applied.ifPresent(last -> keys.add(last.settings().apiKey()));
    return new Recipient(
        seen,
        object,
        Ownership.of(Workload.of(object)),
        choice.candidate(wanted),
        applied.flatMap(choice::applied),
        keys,
        requested);
  }

  Workload workload() {
    return ownership.workload();
  }

  Agent agent() {
    var written = written();
    var pods = Pods.of(object, written, seen.outlook().seen().now());
    var meta = object.getMetadata();
    var onRestart = onRestart();
    return new Agent(
        id(),
        Instant.parse(meta.getCreationTimestamp()),
        onRestart ? rendered(candidate) : carries(),
        rendered(candidate).orElse(""),
        onRestart
            ? rendered(candidate)
            : applied.flatMap(Recipient::rendered).filter(_ -> appliedCanBeHad()),
        pods.progress(),
        onRestart ? Agent.Held.UNTIL_DELETED : pods.held(),
        written,
        hindrance(),
        !requested && undone(),
        foreign(),
        stranded());
  }

  /// Whether it gets the settings when somebody restarts it, and not before: for that nothing in
  /// its template may have to change but what is said of it.
  boolean onRestart() {
    return seen.outlook().seen().declared().delivery().rollout().policy() == RolloutPolicy.OnRestart
        && candidate instanceof Parcel.Ready ready
        && ready.environment().isPresent()
        && hindrance().isEmpty()
        && !Guest.changesPods(workload(), delivery(ready));
  }

  /// What reads our Secret and bears our mark has settings of ours, also where its template does
  /// not say which: it waits for its turn.
  private Optional<String> carries() {
    return workload()
        .templateAnnotation(Annotations.RENDERED)
        .or(() ->
            applied.stream().anyMatch(Recipient::shared) && deliveredBy().isPresent()
                ? Optional.of("")
                : Optional.empty());
  }

  Agent.Id id() {
    return new Agent.Id(workload().kind().name(), workload().name(), workload().uid());
  }

  /// Such as `Deployment chat`.
  String text() {
    return workload().kind() + " " + workload().name();
  }

  /// What is written so that it has this; empty where it cannot be made.
  Optional<GuestPatch> patch(Parcel parcel) {
    if (onRestart()) {
      return Optional.of(Guest.mark(workload(), seen.name()));
    }
    return parcel instanceof Parcel.Ready ready
        ? Optional.of(Guest.deliver(ownership, delivery(ready)))
        : Optional.empty();
  }

  GuestPatch release() {
    return Guest.release(workload(), known());
  }

  /// What it carries, if that is one of the two.
  Optional<Parcel> carried() {
    if (onRestart()) {
      return Optional.of(candidate);
    }
    var carries = workload().templateAnnotation(Annotations.RENDERED);
    return Stream.concat(Stream.of(candidate), applied.stream())
        .filter(parcel -> carries.isPresent() && carries.equals(rendered(parcel)))
        .findFirst();
  }

  /// Whether it carries settings of ours that are none of the two.
  boolean carriesAnother() {
    return workload().templateAnnotation(Annotations.RENDERED).isPresent() && carried().isEmpty();
  }

  /// Containers that were chosen and are not there.
  Set<String> missingContainers() {
    return candidate instanceof Parcel.Ready ready
        ? Containers.of(workload().template().getSpec(), ready.containers()).missing()
        : Set.of();
  }

  private Delivery delivery(Parcel.Ready ready) {
    return new Delivery(
        seen.name(),
        ready.revision(),
        ready.rendered(),
        ready.content(),
        ready.containers(),
        known(),
        requested ? Delivery.Occasion.Request : Delivery.Occasion.Convergence);
  }

  private Set<String> known() {
    var names = new HashSet<String>();
    Stream.concat(Stream.of(candidate), applied.stream())
        .forEach(parcel -> {
          if (parcel instanceof Parcel.Ready ready && (!shared(parcel) || fromAnotherMode())) {
            names.addAll(ready.variables());
          }
        });
    return names;
  }

  /// In mode EnvFrom, where a template does not decide what its pods have.
  boolean readsSecret() {
    return shared(candidate) && !fromAnotherMode();
  }

  private static boolean shared(Parcel parcel) {
    return parcel instanceof Parcel.Ready ready && ready.environment().isPresent();
  }

  /// In mode EnvFrom no variable is ever ours, but a template that somebody has put back can be
  /// older than that.
  private boolean fromAnotherMode() {
    return ProvidedNames.keys(workload().template()).findAny().isPresent();
  }

  /// Why nothing can be given to it, for reasons of its own.
  Optional<Hindrance> hindrance() {
    return Optional.ofNullable(seen.memory().refused().get(workload().uid()))
        .or(() ->
            switch (candidate) {
              case Parcel.Impossible(var why) -> Optional.of(why);
              case Parcel.Ready ready ->
                  missing(ready)
                      .or(() -> nobodyToTell(ready))
                      .or(() -> InTheWay.of(Guest.deliver(ownership, delivery(ready))))
                      .or(() ->
                          new OwnVariables(ownership, known()).overruling(ready, seen.sources()))
                      .or(() -> reading(ready).flatMap(EnvFromReading::hindrance));
            });
  }

  private Optional<EnvFromReading> reading(Parcel.Ready ready) {
    return shared(ready)
        ? Optional.of(new EnvFromReading(ownership, ready, known(), seen.sources()))
        : Optional.empty();
  }

  private Optional<Hindrance> missing(Parcel.Ready ready) {
    Map<String, Hindrance> missing = seen.memory().missing();
    return Stream.concat(ready.needs().stream(), ready.environment().stream())
        .flatMap(need -> Optional.ofNullable(missing.get(need.id())).stream())
        .findFirst();
  }

  /// What it would have to name cannot be had.
  boolean lacksAnObject() {
    return candidate instanceof Parcel.Ready ready && missing(ready).isPresent();
  }

  private boolean appliedCanBeHad() {
    return applied
        .filter(parcel ->
            parcel instanceof Parcel.Ready ready
                && missing(ready).isEmpty()
                && reading(ready).filter(one -> !one.referenced()).isEmpty())
        .isPresent();
  }

  private Optional<Hindrance> nobodyToTell(Parcel.Ready ready) {
    var told = Containers.of(workload().template().getSpec(), ready.containers());
    return told.names().isEmpty()
        ? Optional.of(
            new Hindrance(
                ConditionReason.ContainerNotFound,
                "it has no container %s".formatted(String.join(", ", told.missing()))))
        : Optional.empty();
  }

  /// A person has put back an older template. Not where that names a Secret which is gone: the
  /// alternative is a pod that cannot start.
  private boolean undone() {
    return ownership.undone() && !stranded();
  }

  /// Another ModelConfig has delivered what it carries.
  boolean foreign() {
    return deliveredBy().filter(name -> !name.equals(seen.name())).isPresent();
  }

  /// The ModelConfig whose settings it carries.
  Optional<String> deliveredBy() {
    return Optional.ofNullable(workload().labels().get(Labels.DELIVERED_BY));
  }

  boolean follower() {
    return Labels.DEFAULT.equals(workload().labels().get(Labels.MODEL_CONFIG));
  }

  /// Its template names something of ours that is gone for good.
  boolean stranded() {
    return names().gone();
  }

  /// What its template names must be there, whichever of our revisions that is of: a container that
  /// restarts looks it up again.
  Stream<Need> named() {
    return Stream.concat(names().keysOfOurs(), carried().stream().flatMap(Recipient::needs));
  }

  private NamedObjects names() {
    return new NamedObjects(
        seen,
        workload().template(),
        keys,
        Stream.concat(Stream.of(candidate), applied.stream()).flatMap(Recipient::needs).toList());
  }

  private static Stream<Need> needs(Parcel parcel) {
    return parcel instanceof Parcel.Ready ready ? ready.needs().stream() : Stream.empty();
  }

  /// When we wrote to it last.
  private Optional<Instant> written() {
    return Written.last(object);
  }

  private static Optional<String> rendered(Parcel parcel) {
    return parcel instanceof Parcel.Ready ready ? Optional.of(ready.rendered()) : Optional.empty();
  }
}
