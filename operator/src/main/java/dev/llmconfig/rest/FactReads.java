package dev.llmconfig.rest;

import dev.llmconfig.agent.Profile;
import dev.llmconfig.agent.ProfileMode;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.mirror.MirrorPool;
import dev.llmconfig.rest.shape.Facts;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What forms and pages must know and no cluster tells.
final class FactReads {

  static final List<String> SORTABLE = List.of("name");

  private final MirrorPool mirror;
  private final ProfilesInForce profiles;

  FactReads(MirrorPool mirror, ProfilesInForce profiles) {
    this.mirror = mirror;
    this.profiles = profiles;
  }

  Answer providers(Asked asked) {
    return page(
        Stream.of(Provider.values())
            .map(one ->
                new Facts.Provider(
                    one.name(),
                    one.dialect().name(),
                    one.defaultEndpoint().orElse(null),
                    one.keyless(),
                    one.keyPrefixes(),
                    one.keyVariables(),
                    one.listCall().isPresent()))
            .filter(one -> Told.found(asked.query(), one.name()))
            .toList(),
        new Listing.Order<>(Facts.Provider::name, Map.of("name", Facts.Provider::name)),
        asked);
  }

  Answer profiles(Asked asked) {
    return page(
        mirror.read(profiles::of).all().stream()
            .map(FactReads::profile)
            .filter(one -> Told.found(asked.query(), one.id(), one.title()))
            .toList(),
        new Listing.Order<>(Facts.Profile::id, Map.of("name", Facts.Profile::id)),
        asked);
  }

  Answer reasons(Asked asked) {
    return page(
        Stream.concat(
                Stream.of(VerdictReason.values()).map(FactReads::verdict),
                Stream.of(ProblemReason.values()).map(FactReads::problem))
            .filter(one -> Told.found(asked.query(), one.reason(), one.sentence()))
            .toList(),
        new Listing.Order<>(
            one -> one.reason() + " " + one.kind(), Map.of("name", Facts.Reason::reason)),
        asked);
  }

  /// With the places where names go, such as `{provider}`.
  private static Facts.Reason verdict(VerdictReason reason) {
    return new Facts.Reason(
        reason.name(), Facts.Kind.Verdict, reason.sentence(), reason.nextStep(), null);
  }

  private static Facts.Reason problem(ProblemReason reason) {
    return new Facts.Reason(
        reason.name(), Facts.Kind.Problem, reason.title() + ".", reason.action(), reason.status());
  }

  private static Facts.Profile profile(Profile profile) {
    return new Facts.Profile(
        profile.id(),
        profile.version(),
        profile.about().title(),
        profile.speech().dialect().name(),
        profile.speech().surface().name(),
        profile.urls().style().name(),
        profile.speech().modes().stream()
            .sorted(Comparator.naturalOrder())
            .map(ProfileMode::name)
            .toList(),
        profile.requiresKey(),
        profile.variables().stream()
            .map(one -> new Facts.Variable(one.name(), one.from(), Told.unlessEmpty(one.when())))
            .toList());
  }

  private static <T> Answer page(List<T> all, Listing.Order<T> order, Asked asked) {
    return Answer.json(
        MirrorAnswers.page(Listing.of(all, order, asked.query())).put("stale", false));
  }
}
