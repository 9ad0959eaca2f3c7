package dev.llmconfig.plan.delivery;

import dev.llmconfig.agent.Profile;
import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.DeliveryMode;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.domain.AppliedRevision;
import dev.llmconfig.domain.Revision;
import dev.llmconfig.plan.Wanted;
import dev.llmconfig.plan.rollout.Hindrance;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What the owner of a workload has chosen for it alone, by annotations: a profile, and which
/// containers are told.
///
/// @param unusable why that cannot be done
record OwnChoice(
    DeliveryObserved seen,
    Optional<Profile> profile,
    Optional<List<String>> containers,
    Optional<Hindrance> unusable) {

  static OwnChoice of(DeliveryObserved seen, HasMetadata workload, Wanted wanted) {
    var named = annotation(workload, Annotations.PROFILE);
    var profile = named.flatMap(seen.outlook().seen().profiles()::find);
    return new OwnChoice(
        seen,
        profile,
        annotation(workload, Annotations.CONTAINERS).map(OwnChoice::list),
        named
            .filter(_ -> profile.isEmpty())
            .map(name -> unknown(name, seen.outlook().seen().profiles().refusal(name)))
            .or(() -> sharesAnother(profile, wanted, seen.name())));
  }

  Parcel candidate(Wanted wanted) {
    return unusable
        .<Parcel>map(Parcel.Impossible::new)
        .orElseGet(() ->
            Parcel.of(
                wanted.name(),
                wanted.revision(),
                wanted.basis(),
                ofItsOwn(wanted.revision()).orElse(wanted.profile()),
                containers,
                seen.name()));
  }

  Optional<Parcel> applied(AppliedRevision last) {
    return unusable.isPresent()
        ? Optional.empty()
        : ofItsOwn(last.settings())
            .or(() -> profile(seen, last))
            .map(profile ->
                Parcel.of(
                    last.name(), last.settings(), last.basis(), profile, containers, seen.name()));
  }

  /// The one that the last good settings were rolled with, as it was then; a version that is gone
  /// is as good as its newest.
  static Optional<Profile> profile(DeliveryObserved seen, AppliedRevision last) {
    var profiles = seen.outlook().seen().profiles();
    var used = last.settings().profile();
    return used.file()
        .flatMap(text -> profiles.asRolled(used.id(), text))
        .or(() -> profiles.find(used.label()))
        .or(() -> profiles.find(used.id()));
  }

  /// Names of all that it may have got, where nothing tells any more which of them it did.
  static Set<String> variables(DeliveryObserved seen, HasMetadata workload) {
    var known = seen.outlook().seen();
    return known
        .profiles()
        .find(
            annotation(workload, Annotations.PROFILE).orElse(known.declared().delivery().profile()))
        .stream()
        .flatMap(profile -> profile.variables().stream())
        .map(Profile.Variable::name)
        .collect(Collectors.toSet());
  }

  /// In mode EnvFrom all agents read one Secret, so none can have a profile of its own.
  private Optional<Profile> ofItsOwn(Revision revision) {
    return profile.filter(_ -> revision.mode() != DeliveryMode.EnvFrom);
  }

  private static Hindrance unknown(String profile, Optional<String> refusal) {
    return new Hindrance(
        ConditionReason.ProfileUnknown,
        "its annotation %s names profile %s, and %s"
            .formatted(
                Annotations.PROFILE,
                profile,
                refusal.map("its file is refused (%s)"::formatted).orElse("there is none")));
  }

  private static Optional<Hindrance> sharesAnother(
      Optional<Profile> chosen, Wanted wanted, String modelConfig) {
    return chosen
        .filter(_ -> wanted.revision().mode() == DeliveryMode.EnvFrom)
        .filter(profile -> !profile.id().equals(wanted.profile().id()))
        .map(profile ->
            new Hindrance(
                ConditionReason.NotAvailable,
                "its annotation %s asks for profile %s, and in mode EnvFrom all agents read one Secret %s with profile %s; take the annotation away, or give it a ModelConfig of its own"
                    .formatted(
                        Annotations.PROFILE,
                        profile.id(),
                        ManagedNames.environmentSecret(modelConfig),
                        wanted.profile().id())));
  }

  private static Optional<String> annotation(HasMetadata object, String name) {
    return Optional.ofNullable(object.getMetadata().getAnnotations())
        .flatMap(all -> Optional.ofNullable(all.get(name)))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  private static List<String> list(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }
}
