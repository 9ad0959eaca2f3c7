package dev.llmconfig.plan;

import static dev.llmconfig.plan.ConditionReport.Truth.False;
import static dev.llmconfig.plan.ConditionReport.Truth.True;
import static dev.llmconfig.plan.ConditionReport.Truth.Unknown;
import static dev.llmconfig.plan.ConditionReport.Type.Ready;
import static dev.llmconfig.plan.ConditionReport.Type.Reconciling;
import static dev.llmconfig.plan.ConditionReport.Type.Resolved;
import static dev.llmconfig.plan.ConditionReport.Type.Stalled;
import static dev.llmconfig.plan.ConditionReport.Type.Verified;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.Reason;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.plan.ConditionReport.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The conditions of an ApiKeyConfig. `Ready` sums up; `Reconciling` says that something comes by
/// itself, `Stalled` that a person must act, and both are there only when true.
final class KeyConditions {

  private static final String KEPT = "The last good key stays in use. ";
  private static final String UNPROVEN = "The key in use stays, unverified. ";
  private static final String WAITS = "The provider has not answered yet.";

  private final KeyObserved seen;
  private final KeyStanding standing;
  private final KeyWords words;
  private final Optional<VerdictReason> currentRefused;
  private final boolean unproven;
  private final boolean usable;
  private final List<ConditionReport> conditions = new ArrayList<>();

  private KeyConditions(KeyObserved seen, KeyStanding standing, boolean usable) {
    this.seen = seen;
    this.standing = standing;
    this.words = new KeyWords(seen.declared());
    this.currentRefused = SaidBefore.refusalOfCurrent(seen);
    this.unproven = SaidBefore.currentUnproven(seen);
    this.usable = usable && currentRefused.isEmpty() && !unproven;
  }

  /// @param held whether a key is in use once the plan is applied
  static List<ConditionReport> of(
      KeyObserved seen, KeyDecision decision, KeyStanding standing, boolean held) {
    var conditions = new KeyConditions(seen, standing, held);
    conditions.resolved();
    conditions.verified();
    conditions.ready(decision);
    return conditions.conditions;
  }

  static List<ConditionReport> invalid(String message, boolean usable, KeyUse use) {
    if (use.deleting()) {
      return List.of(
          new ConditionReport(Resolved, False, ConditionReason.SpecInvalid, message),
          new ConditionReport(Ready, False, ConditionReason.Deleting, use.sentence()));
    }
    return List.of(
        new ConditionReport(Resolved, False, ConditionReason.SpecInvalid, message),
        usable
            ? new ConditionReport(Ready, True, ConditionReason.KeptLastGood, KEPT + message)
            : new ConditionReport(Ready, False, ConditionReason.SpecInvalid, message),
        new ConditionReport(Stalled, True, ConditionReason.SpecInvalid, message));
  }

  static List<ConditionReport> forbidden(String message) {
    return List.of(
        new ConditionReport(Ready, False, ConditionReason.Forbidden, message),
        new ConditionReport(Stalled, True, ConditionReason.Forbidden, message));
  }

  private void resolved() {
    switch (seen.resolution()) {
      case Resolution.Found _, Resolution.Keyless _ when placeRefused() ->
          add(
              Resolved,
              False,
              VerdictReason.EndpointNotAllowed,
              words.refused(VerdictReason.EndpointNotAllowed));
      case Resolution.Found(_, var how, _, _) -> add(Resolved, True, how, foundBy(how));
      case Resolution.Keyless _ ->
          add(Resolved, True, ConditionReason.Keyless, "No key is declared, and none is needed.");
      case Resolution.NotArrived(var reason, var message) -> add(Resolved, False, reason, message);
      case Resolution.Unusable(var reason, var message) -> add(Resolved, False, reason, message);
    }
  }

  private boolean placeRefused() {
    return standing.refused().filter(VerdictReason.EndpointNotAllowed::equals).isPresent();
  }

  private void verified() {
    if (!seen.declared().verification().required()) {
      add(
          Verified,
          Unknown,
          ConditionReason.Disabled,
          "Verification is disabled; nobody has asked the provider about this key.");
    } else if (standing.weather().isPresent()) {
      var weather = standing.weather().get();
      add(Verified, Unknown, weather, words.sentence(weather));
    } else if (standing.word().isPresent()) {
      var word = standing.word().get();
      add(Verified, word.accepted() ? True : False, word.reason(), words.sentence(word.reason()));
    } else {
      add(
          Verified,
          Unknown,
          ConditionReason.Pending,
          "The provider has not been asked about this key yet.");
    }
  }

  private void ready(KeyDecision decision) {
    if (seen.use().deleting()) {
      // Whoever uses it goes on; whoever comes new is told to look elsewhere.
      add(Ready, False, ConditionReason.Deleting, seen.use().sentence());
      return;
    }
    if (seen.expired()) {
      refuse(
          ConditionReason.Expired, "The key is past its expiresAt; set a later time or a new key.");
      return;
    }
    if (seen.declared().suspended()) {
      add(
          Ready,
          False,
          ConditionReason.Suspended,
          "The key is suspended; set suspend to false to use it.");
      return;
    }
    switch (seen.held()) {
      case HeldKey.NameTaken(var message) -> {
        refuse(ConditionReason.NameTaken, message);
        return;
      }
      case HeldKey.Unopened(var reason, var message, _, _) -> {
        refuse(reason, message);
        return;
      }
      case HeldKey.Absent _, HeldKey.Held _ -> {}
    }
    switch (seen.resolution()) {
      case Resolution.NotArrived(var reason, var message) -> {
        unresolved(reason, message);
        add(Reconciling, True, reason, message);
      }
      case Resolution.Unusable(var reason, var message) -> {
        unresolved(reason, message);
        add(Stalled, True, reason, message);
      }
      case Resolution.Found _, Resolution.Keyless _ -> found(decision);
    }
  }

  private void found(KeyDecision decision) {
    switch (decision) {
      case KeyDecision.AwaitVerdict _ -> awaited();
      case KeyDecision.Promote _, KeyDecision.Keep _, KeyDecision.Keyless _ -> inUse();
      case KeyDecision.Unresolved _ ->
          throw new IllegalStateException("what was found is decided about");
    }
  }

  private void inUse() {
    if (!seen.declared().verification().required()) {
      add(
          Ready,
          True,
          ConditionReason.VerificationDisabled,
          "The key is in use without having been verified.");
    } else if (standing.accepted()) {
      add(Ready, True, ConditionReason.Verified, words.sentence(accepted()));
    } else if (standing.refused().isPresent()) {
      var reason = standing.refused().get();
      refuse(reason, words.refused(reason));
    } else {
      unheard(Unknown);
    }
  }

  private VerdictReason accepted() {
    return standing.word().map(KeyStanding.Word::reason).orElse(VerdictReason.KeyAccepted);
  }

  /// A candidate: whatever becomes of it, the key in use stays.
  private void awaited() {
    if (standing.refused().isPresent()) {
      var reason = standing.refused().get();
      keptOr(False, reason, words.refused(reason));
      add(Stalled, True, reason, words.refused(reason));
    } else if (usable) {
      add(Ready, True, ConditionReason.KeptLastGood, KEPT + WAITS);
      comes();
    } else if (currentRefused.isPresent()) {
      add(Ready, False, currentRefused.get(), words.refused(currentRefused.get()));
      comes();
    } else {
      unheard(Unknown);
    }
  }

  /// No definitive word yet, and no good key.
  private void unheard(Truth truth) {
    var weather = standing.weather();
    add(Ready, truth, reasonOfWaiting(), weather.map(words::refused).orElse(WAITS));
    if (weather.filter(KeyConditions::onlyAPersonEnds).isPresent()) {
      add(Stalled, True, weather.get(), words.refused(weather.get()));
    } else {
      comes();
    }
  }

  private void comes() {
    add(Reconciling, True, reasonOfWaiting(), standing.weather().map(words::refused).orElse(WAITS));
  }

  private Reason reasonOfWaiting() {
    return standing.weather().<Reason>map(one -> one).orElse(ConditionReason.Pending);
  }

  private static boolean onlyAPersonEnds(VerdictReason weather) {
    return weather == VerdictReason.InsufficientPermissions
        || weather == VerdictReason.QuotaExhausted;
  }

  /// That the key in use was refused outlives its source: `Ready` is where it is remembered.
  private void unresolved(Reason reason, String message) {
    currentRefused.ifPresentOrElse(
        refusal -> add(Ready, False, refusal, words.refused(refusal)),
        () -> keptOr(False, reason, message));
  }

  private void keptOr(Truth truth, Reason reason, String message) {
    if (usable) {
      add(Ready, True, ConditionReason.KeptLastGood, KEPT + message);
    } else if (unproven) {
      add(Ready, Unknown, reason, UNPROVEN + message);
    } else {
      add(Ready, truth, reason, message);
    }
  }

  private void refuse(Reason reason, String message) {
    add(Ready, False, reason, message);
    add(Stalled, True, reason, message);
  }

  private void add(ConditionReport.Type type, Truth truth, Reason reason, String message) {
    conditions.add(new ConditionReport(type, truth, reason, message));
  }

  private static String foundBy(ConditionReason how) {
    return switch (how) {
      case SecretFound -> "The key was read from its Secret.";
      case Decrypted -> "The encrypted key was opened.";
      case Unsealed -> "The sealed key was opened.";
      default -> throw new IllegalArgumentException("no way to find a key: " + how);
    };
  }
}
