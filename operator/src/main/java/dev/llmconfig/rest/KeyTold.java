package dev.llmconfig.rest;

import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.KeyPhase;
import dev.llmconfig.domain.KeySource;
import dev.llmconfig.mirror.KeyRow;
import dev.llmconfig.mirror.Readiness;
import java.util.Optional;
import java.util.stream.Stream;

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
        .flatMap(one -> {
          var reason = String.valueOf(one.reason());
          return nextStep(reason, row)
              .map(next -> new Readiness(one.status(), reason, one.message() + " " + next));
        });
  }

  /// The next step that goes with a reason, with the place where a new key is put; empty for what
  /// is no verdict.
  static Optional<String> nextStep(String reason, KeyRow row) {
    return Stream.of(VerdictReason.values())
        .filter(one -> one.name().equals(reason))
        .findFirst()
        .map(one ->
            one.nextStep(
                new VerdictReason.Names(
                    row.declared().provider(),
                    row.accepted().endpoint(),
                    Optional.empty(),
                    row.key().map(ApiKey::source).flatMap(KeySource::place))));
  }
}
