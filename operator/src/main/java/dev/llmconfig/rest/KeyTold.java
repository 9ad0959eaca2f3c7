package dev.llmconfig.rest;

import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.KeyPhase;
import dev.llmconfig.domain.KeySource;
import dev.llmconfig.mirror.KeyRow;
import dev.llmconfig.mirror.Readiness;
import dev.llmconfig.rest.shape.Condition;
import java.util.Arrays;
import java.util.Optional;

/// What is told of a key in words, wherever it is shown.
final class KeyTold {

  private KeyTold() {}

  /// Why it is in its state. `Ready` says only that a key is in use; why the provider could not be
  /// heard, or nothing is proven, `Verified` says.
  static Readiness why(KeyRow row) {
    var told = row.told();
    return told.ready().status().equals("True")
            && (told.phase() == KeyPhase.Unknown || told.phase() == KeyPhase.Untested)
        ? verdict(row).orElse(told.ready())
        : told.ready();
  }

  private static Optional<Readiness> verdict(KeyRow row) {
    return Told.conditions(Wire.object(row.told().status())).stream()
        .filter(one -> one.type().equals("Verified"))
        .findFirst()
        .flatMap(one -> reason(one).map(reason -> said(one, nextStep(reason, row))));
  }

  private static Readiness said(Condition one, String nextStep) {
    return new Readiness(
        one.status(), String.valueOf(one.reason()), one.message() + " " + nextStep);
  }

  /// The next step that goes with a reason, with the place where a new key is put; empty for what
  /// is no verdict.
  static Optional<String> nextStep(String reason, KeyRow row) {
    return verdict(reason).map(one -> nextStep(one, row));
  }

  private static String nextStep(VerdictReason reason, KeyRow row) {
    return reason.nextStep(
        new VerdictReason.Names(
            row.declared().provider(),
            row.accepted().endpoint(),
            Optional.empty(),
            row.key().map(ApiKey::source).flatMap(KeySource::place)));
  }

  private static Optional<VerdictReason> reason(Condition condition) {
    return verdict(String.valueOf(condition.reason()));
  }

  private static Optional<VerdictReason> verdict(String name) {
    return Arrays.stream(VerdictReason.values()).filter(one -> one.name().equals(name)).findFirst();
  }
}
