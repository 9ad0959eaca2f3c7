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
import dev.llmconfig.domain.KeyVerification;
import dev.llmconfig.plan.ConditionReport.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The conditions of an ApiKeyConfig. `Ready` sums up; `Reconciling` says that something comes by
/// itself, `Stalled` that a person must act, and both are there only when true.
final class KeyConditions {

  private static final String KEPT = "The last good key stays in use. ";

  private final KeyObserved seen;
  private final boolean usable;
  private final List<ConditionReport> conditions = new ArrayList<>();

  private KeyConditions(KeyObserved seen, boolean usable) {
    this.seen = seen;
    this.usable = usable;
  }

  /// @param usable whether a good key is in use once the plan is applied
  static List<ConditionReport> of(KeyObserved seen, KeyDecision decision, boolean usable) {
    var conditions = new KeyConditions(seen, usable);
    conditions.resolved();
    conditions.verified();
    conditions.ready(decision);
    return conditions.conditions;
  }

  static List<ConditionReport> invalid(String message, boolean usable) {
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
      case Resolution.Found(_, var how, _) -> add(Resolved, True, how, foundBy(how));
      case Resolution.Keyless _ ->
          add(Resolved, True, ConditionReason.Keyless, "No key is declared, and none is needed.");
      case Resolution.NotArrived(var reason, var message) -> add(Resolved, False, reason, message);
      case Resolution.Unusable(var reason, var message) -> add(Resolved, False, reason, message);
    }
  }

  private void verified() {
    switch (seen.declared().verification()) {
      case Disabled ->
          add(
              Verified,
              Unknown,
              ConditionReason.Disabled,
              "Verification is disabled; nobody has asked the provider about this key.");
      case Required ->
          add(
              Verified,
              Unknown,
              ConditionReason.Pending,
              "The provider has not been asked about this key yet.");
    }
  }

  private void ready(KeyDecision decision) {
    if (expired()) {
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
      case Resolution.Found _ -> found(decision);
      case Resolution.Keyless _ -> verifiedOrNot();
    }
  }

  private void found(KeyDecision decision) {
    if (decision instanceof KeyDecision.AwaitVerdict) {
      keptOr(Unknown, ConditionReason.Pending, "The key waits for the answer of its provider.");
      add(
          Reconciling,
          True,
          ConditionReason.Pending,
          "The key waits for the answer of its provider.");
    } else {
      verifiedOrNot();
    }
  }

  private void verifiedOrNot() {
    if (seen.declared().verification() == KeyVerification.Disabled) {
      add(
          Ready,
          True,
          ConditionReason.VerificationDisabled,
          "The key is in use without having been verified.");
    } else {
      keptOr(Unknown, ConditionReason.Pending, "The provider has not been asked yet.");
      add(Reconciling, True, ConditionReason.Pending, "The provider has not been asked yet.");
    }
  }

  private void unresolved(ConditionReason reason, String message) {
    keptOr(False, reason, message);
  }

  private void keptOr(Truth truth, ConditionReason reason, String message) {
    if (usable) {
      add(Ready, True, ConditionReason.KeptLastGood, KEPT + message);
    } else {
      add(Ready, truth, reason, message);
    }
  }

  private void refuse(ConditionReason reason, String message) {
    add(Ready, False, reason, message);
    add(Stalled, True, reason, message);
  }

  private boolean expired() {
    return Optional.of(seen.declared())
        .flatMap(key -> key.expiresAt())
        .filter(end -> !end.isAfter(seen.now()))
        .isPresent();
  }

  private void add(ConditionReport.Type type, Truth truth, ConditionReason reason, String message) {
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
