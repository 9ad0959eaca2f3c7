package dev.llmconfig.catalogue;

import dev.llmconfig.api.EmptyListReason;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.provider.Models;
import java.time.LocalDate;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What came of asking a provider for its models, as facts by id.
public sealed interface ListReading {

  /// What is listed; of a reading that failed, what was listed before.
  default SortedMap<String, Facts> models() {
    return switch (this) {
      case Listed(var models) -> models;
      case Nothing _ -> Collections.emptySortedMap();
      case Failed(_, _, var before) -> before;
    };
  }

  record Listed(SortedMap<String, Facts> models) implements ListReading {
    public Listed {
      models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
    }
  }

  /// There is nothing to read.
  record Nothing(EmptyListReason reason) implements ListReading {}

  /// The reading failed; the list that was read before still stands (traps R12).
  record Failed(VerdictReason reason, String sentence, SortedMap<String, Facts> before)
      implements ListReading {
    public Failed {
      before = Collections.unmodifiableSortedMap(new TreeMap<>(before));
    }
  }

  /// `names` fill the sentence of a verdict; `before` is the last list that could be read.
  static ListReading of(
      Models models, LocalDate day, VerdictReason.Names names, SortedMap<String, Facts> before) {
    return switch (models) {
      case Models.Listed(var listed, _) -> new Listed(ListedFacts.of(listed, day));
      case Models.Empty(var reason) -> new Nothing(reason);
      case Models.NotRead(var reason) -> new Failed(reason, reason.sentence(names), before);
    };
  }
}
