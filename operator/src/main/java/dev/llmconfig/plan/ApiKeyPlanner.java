package dev.llmconfig.plan;

import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.domain.Problem;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// What to do about an ApiKeyConfig.
public final class ApiKeyPlanner {

  private ApiKeyPlanner() {}

  public static KeyPlan plan(KeyObserved seen) {
    var question = KeyInQuestion.of(seen);
    var standing = KeyStanding.of(seen, question);
    var decision = KeyDecision.of(seen, question, standing);
    var secret = secret(seen, decision);
    var drops =
        decision instanceof KeyDecision.Keyless(var proven)
            && proven
            && seen.held() instanceof HeldKey.Held;
    var inUse = drops ? KeyInUse.place(seen, decision) : KeyInUse.of(seen, decision, secret);
    var lists = KeyLists.of(seen, standing, decision, inUse);
    var report = report(seen, decision, standing, secret, drops, inUse, lists);
    return new KeyPlan(
        secret,
        drops,
        SealedStep.due(seen, decision),
        InsecureAnnotation.due(seen),
        lists.facts(),
        KeyChecks.of(seen, question, standing),
        lists.check(),
        report,
        KeyEvents.of(seen, decision, standing, report),
        NextLook.of(seen, report, lists));
  }

  /// What was declared cannot be read at all, which only CRDs of another version let through.
  ///
  /// @param usable whether a good key is in use all the same
  public static List<ConditionReport> invalid(List<Problem> problems, boolean usable, KeyUse use) {
    return KeyConditions.invalid(
        problems.stream().map(Problem::sentence).collect(Collectors.joining(" ")), usable, use);
  }

  /// What is told of a key in use that somebody deletes; everything else that is told depends on
  /// its spec.
  public static Optional<PlannedEvent> inUse(KeyUse use, Remembered before) {
    return KeyEvents.inUse(use, before);
  }

  /// The API server refused a write that the plan needs.
  public static List<ConditionReport> forbidden(String what) {
    return KeyConditions.forbidden(
        "The operator may not write %s in this namespace; give its account the rights of the chart."
            .formatted(what));
  }

  private static Optional<ManagedSecret> secret(KeyObserved seen, KeyDecision decision) {
    return switch (decision) {
      case KeyDecision.Promote(var key) -> Optional.of(HeldSlots.promoted(seen, key));
      case KeyDecision.Keyless(var proven) when proven -> Optional.empty();
      case KeyDecision.Unresolved _,
          KeyDecision.AwaitVerdict _,
          KeyDecision.Keep _,
          KeyDecision.Keyless _ ->
          HeldSlots.tended(seen);
    };
  }

  private static KeyReport report(
      KeyObserved seen,
      KeyDecision decision,
      KeyStanding standing,
      Optional<ManagedSecret> written,
      boolean drops,
      Optional<KeyReport.InUse> inUse,
      ListPlan lists) {
    var candidate =
        decision instanceof KeyDecision.AwaitVerdict(var key)
            ? Optional.of(key)
            : Optional.<ResolvedKey>empty();
    return new KeyReport(
        seen.declared().generation(),
        inUse,
        drops ? Optional.empty() : KeyInUse.shown(seen, decision, candidate),
        candidate.map(ResolvedKey::revision),
        drops ? Optional.empty() : KeyInUse.previous(seen, written),
        checked(seen, standing),
        modelCount(seen, lists),
        seen.use().users().size(),
        KeyNotes.of(seen, decision, lists),
        KeyConditions.of(
            seen, decision, standing, inUse.flatMap(KeyReport.InUse::secret).isPresent()));
  }

  /// Nothing of it moves with the weather, unless a person asked.
  private static KeyReport.Checked checked(KeyObserved seen, KeyStanding standing) {
    var before = seen.before();
    if (seen.heard().isEmpty()) {
      return new KeyReport.Checked(
          standing.word().flatMap(KeyStanding.Word::at).or(before::lastVerified),
          before.requestId(),
          before.handled());
    }
    var answer = seen.heard().get();
    var wish =
        seen.declared()
            .verifyRequest()
            .filter(one -> answer.request().filter(one::equals).isPresent());
    var asked = wish.isPresent() && !wish.equals(before.handled());
    var counts =
        switch (answer.kind()) {
          case Accepted, Refused -> true;
          case Transient -> asked;
        };
    return counts
        ? new KeyReport.Checked(
            Optional.of(answer.at().truncatedTo(ChronoUnit.SECONDS)),
            answer.requestId(),
            wish.or(before::handled))
        : new KeyReport.Checked(before.lastVerified(), before.requestId(), before.handled());
  }

  private static OptionalInt modelCount(KeyObserved seen, ListPlan lists) {
    return lists
        .offer()
        .map(offer ->
            switch (offer) {
              case Offer.Some(var models) -> OptionalInt.of(models);
              case Offer.None _ -> OptionalInt.of(0);
            })
        .orElseGet(() -> KeyNotes.rememberedCount(seen));
  }

  static String secretName(KeyObserved seen) {
    return ManagedNames.encryptedSecret(seen.declared().ref().name());
  }
}
