package dev.llmconfig.plan;

import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.catalogue.KeptList;
import java.time.Instant;
import java.util.Optional;

/// The list of models that is kept for a key, and what it was read with.
///
/// @param askedAt when the provider was asked for it last; a check of the key asks for it as well,
///   and of those that brought no news only the status knows
/// @param refused why it is not asked for any more
public record ReadList(KeptList list, UsedKey with, Instant askedAt, Optional<Refused> refused) {

  /// The provider's last word, for as long as the spec stays as it was (traps P3).
  public record Refused(VerdictReason reason, long generation) {}

  ReadList undated() {
    return new ReadList(list, with, Instant.EPOCH, refused);
  }

  boolean dated() {
    return !askedAt.equals(Instant.EPOCH);
  }

  boolean saysTheSameAs(ReadList other) {
    return list.equals(other.list) && with.equals(other.with) && refused.equals(other.refused);
  }
}
