package dev.llmconfig.plan;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.domain.Problem;
import dev.llmconfig.domain.Ref;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What to do about an ApiKeyConfig.
public final class ApiKeyPlanner {

  /// How soon something is looked at again whose end nobody tells us.
  private static final Duration UNSEEN = Duration.ofSeconds(30);

  private ApiKeyPlanner() {}

  public static KeyPlan plan(KeyObserved seen) {
    var decision = KeyDecision.of(seen);
    var secret = secret(seen, decision);
    return new KeyPlan(
        secret, report(seen, decision, secret), events(seen, decision), nextLook(seen, secret));
  }

  /// What was declared cannot be read at all, which only CRDs of another version let through.
  ///
  /// @param usable whether a good key is in use all the same
  public static List<ConditionReport> invalid(List<Problem> problems, boolean usable) {
    return KeyConditions.invalid(
        problems.stream().map(Problem::sentence).collect(Collectors.joining(" ")), usable);
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
      case KeyDecision.Unresolved _, KeyDecision.AwaitVerdict _, KeyDecision.Keep _ ->
          HeldSlots.tended(seen);
    };
  }

  private static KeyReport report(
      KeyObserved seen, KeyDecision decision, Optional<ManagedSecret> written) {
    var ref = seen.declared().ref();
    var inUse =
        written
            .map(ManagedSecret::current)
            .map(slot -> inUse(ref, slot.revision(), slot.endpoint()))
            .or(() -> heldBefore(ref, seen.held()));
    var candidate =
        decision instanceof KeyDecision.AwaitVerdict(var key)
            ? Optional.of(key)
            : Optional.<ResolvedKey>empty();
    var shown =
        (decision instanceof KeyDecision.Promote(var key)
                ? Optional.of(key)
                : held(seen).map(held -> held.current().key()).or(() -> candidate))
            .map(key -> new KeyReport.Shown(key.masked(), key.fingerprint()));
    return new KeyReport(
        seen.declared().generation(),
        inUse,
        shown,
        candidate.map(ResolvedKey::revision),
        previous(seen, written),
        KeyConditions.of(seen, decision, inUse.isPresent()));
  }

  private static Optional<KeyReport.InUse> heldBefore(Ref ref, HeldKey held) {
    return switch (held) {
      case HeldKey.Absent _, HeldKey.NameTaken _ -> Optional.empty();
      case HeldKey.Unopened(_, _, var revision, var endpoint) ->
          Optional.of(inUse(ref, revision, endpoint));
      case HeldKey.Held(var current, _, _) ->
          Optional.of(inUse(ref, current.revision(), current.endpoint()));
    };
  }

  private static KeyReport.InUse inUse(Ref ref, String revision, String endpoint) {
    return new KeyReport.InUse(ManagedNames.encryptedSecret(ref.name()), revision, endpoint);
  }

  private static Optional<KeyReport.Previous> previous(
      KeyObserved seen, Optional<ManagedSecret> written) {
    return written.isPresent()
        ? written
            .flatMap(ManagedSecret::previous)
            .map(one -> new KeyReport.Previous(one.slot().revision(), one.usableUntil()))
        : held(seen)
            .flatMap(HeldKey.Held::previous)
            .map(one -> new KeyReport.Previous(one.revision(), one.usableUntil()));
  }

  private static List<PlannedEvent> events(KeyObserved seen, KeyDecision decision) {
    return decision instanceof KeyDecision.Promote(var key)
        ? Stream.concat(trimmed(seen.resolution()), rotated(seen.held(), key)).toList()
        : List.of();
  }

  private static Stream<PlannedEvent> trimmed(Resolution resolution) {
    return resolution instanceof Resolution.Found(_, _, var trimmed) && trimmed
        ? Stream.of(
            new PlannedEvent(
                PlannedEvent.Reason.KeyTrimmed,
                "Whitespace or quotes around the key were taken away; store the bare key."))
        : Stream.empty();
  }

  private static Stream<PlannedEvent> rotated(HeldKey held, ResolvedKey by) {
    return held instanceof HeldKey.Held(var current, _, _)
            && !current.key().bytes().equals(by.bytes())
        ? Stream.of(
            new PlannedEvent(
                PlannedEvent.Reason.KeyRotated,
                "The key changed from %s to %s.".formatted(current.revision(), by.revision())))
        : Stream.empty();
  }

  /// The end of the grace period and the expiry come without any event.
  private static Optional<Instant> nextLook(KeyObserved seen, Optional<ManagedSecret> written) {
    return Stream.of(
            previous(seen, written).map(KeyReport.Previous::usableUntil),
            seen.declared().expiresAt(),
            Optional.of(seen.now().plus(UNSEEN)).filter(_ -> endsUnseen(seen)))
        .flatMap(Optional::stream)
        .filter(time -> time.isAfter(seen.now()))
        .min(Instant::compareTo);
  }

  /// A right that is given back, and a foreign object that is renamed, wake nobody.
  private static boolean endsUnseen(KeyObserved seen) {
    return seen.held() instanceof HeldKey.NameTaken
        || (seen.resolution() instanceof Resolution.Unusable(var reason, _)
            && reason == ConditionReason.Forbidden);
  }

  private static Optional<HeldKey.Held> held(KeyObserved seen) {
    return seen.held() instanceof HeldKey.Held held ? Optional.of(held) : Optional.empty();
  }
}
