package dev.llmconfig.mirror;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How the mirror of this process fares.
///
/// @param syncedAt when the rows were last known to be the cluster's state; before the first time,
///   when the process started
/// @param built whether they came from a full list of this process
/// @param missing the lists that are not there yet, in words
/// @param trouble what keeps the rows from being written; empty when nothing does
public record MirrorState(Instant syncedAt, boolean built, List<String> missing, String trouble) {

  public MirrorState {
    missing = List.copyOf(missing);
  }

  /// Why the rows are not what they should be, in one sentence.
  public Optional<String> problem() {
    if (!trouble.isEmpty()) {
      return Optional.of(trouble);
    }
    if (!missing.isEmpty()) {
      return Optional.of("not read to its end yet: the list of " + missing.getFirst());
    }
    return built ? Optional.empty() : Optional.of("the first rows are being written");
  }
}
