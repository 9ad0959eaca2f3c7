package dev.llmconfig.cli;

import dev.llmconfig.crypto.KeyId;
import dev.llmconfig.domain.Keeper;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.upkeep.OlderNeeds.Need;
import dev.llmconfig.upkeep.RingBeginning;
import dev.llmconfig.upkeep.RingWork.Report;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What was found out about a key ring, or done to it, as a person reads it.
final class RingText {

  private RingText() {}

  static String added(Report report) {
    return keys(report)
        + "Back it up: "
        + backup(report.ring())
        + "\n`llmconfig keyring status` lists what still needs an older key.\n";
  }

  static String status(Report report) {
    var nothing =
        report.keys().size() == 1
            ? "It has one key, so nothing can need an older one.\n"
            : "Nothing needs an older key: `llmconfig keyring drop-oldest` may be run.\n";
    return keys(report) + (report.older().isEmpty() ? nothing : needs(report)) + unopened(report);
  }

  static String dropped(Report report) {
    return keys(report) + "Back it up: " + backup(report.ring()) + "\n";
  }

  static String needs(Report report) {
    var rows =
        report.older().stream()
            .map(need ->
                List.of(
                    need.place().key().namespace(),
                    need.place().key().name(),
                    need.place().where().words(),
                    need.by().map(KeyId::value).orElse(""),
                    keeper(need),
                    need.place().where().nextStep()));
    return TextTable.of(
        Stream.concat(
                Stream.of(List.of("NAMESPACE", "NAME", "WHERE", "KEY", "KEPT BY", "NEXT STEP")),
                rows)
            .toList());
  }

  /// The operator's own are nobody else's.
  private static String keeper(Need need) {
    return switch (need.place().where()) {
      case ManagedSecret -> "the operator";
      case Spec -> need.keeper().map(RingText::told).orElse("");
    };
  }

  static String told(Keeper keeper) {
    return (keeper.tool() + " " + keeper.name()).strip();
  }

  private static String unopened(Report report) {
    return report.unopened().isEmpty()
        ? ""
        : "No key of the ring opens these tokens, so none is kept for them: "
            + names(report.unopened().stream().map(need -> need.place().key()))
            + ".\n";
  }

  static String begun(RingBeginning.Report report) {
    var text = new StringBuilder();
    text.append(
        "The key ring %s %s; %s encrypts.\n"
            .formatted(
                report.ring(),
                report.made() ? "was made" : "is in order and was not touched",
                report.encrypts()));
    if (!report.forgotten().isEmpty()) {
      text.append(
          "Taken up again from their Secrets, or waiting for their token: %s.\n"
              .formatted(names(report.forgotten().stream())));
    }
    if (!report.toEnterAgain().isEmpty()) {
      text.append(
          "To be encrypted again, because their token does not open any more: %s.\n"
              .formatted(names(report.toEnterAgain().stream())));
    }
    return text.append("Back it up: ").append(backup(report.ring())).append('\n').toString();
  }

  private static String keys(Report report) {
    return "Key ring %s: %s encrypts%s.\n"
        .formatted(
            report.ring(),
            report.keys().getFirst(),
            report.keys().size() == 1
                ? ""
                : ", older: "
                    + report.keys().stream()
                        .skip(1)
                        .map(KeyId::value)
                        .collect(Collectors.joining(", ")));
  }

  private static String names(Stream<Ref> refs) {
    return refs.map(Ref::toString).distinct().collect(Collectors.joining(", "));
  }

  private static String backup(Ref ring) {
    return "kubectl get secret %s -n %s -o yaml > keyring-backup.yaml"
        .formatted(ring.name(), ring.namespace());
  }
}
