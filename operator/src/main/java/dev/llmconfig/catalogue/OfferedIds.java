package dev.llmconfig.catalogue;

import dev.llmconfig.api.EmptyListReason;
import dev.llmconfig.api.Provider;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// The ids that one key offers: what its provider lists and what people declare, as far as it is
/// allowed. None at all always has its reason (traps P13).
public sealed interface OfferedIds {

  /// How many more there would be without the patterns.
  int hidden();

  record Some(SortedSet<String> ids, int hidden) implements OfferedIds {
    public Some {
      ids = Collections.unmodifiableSortedSet(new TreeSet<>(ids));
    }
  }

  /// `reason` is an `EmptyListReason`, or that of the verdict of a reading that failed.
  record None(String reason, String sentence, int hidden) implements OfferedIds {}

  static OfferedIds of(
      Provider provider, ListReading reading, Collection<String> declared, AllowList allow) {
    var ids = new TreeSet<>(reading.models().keySet());
    ids.addAll(declared);
    if (ids.isEmpty()) {
      return none(provider, reading);
    }
    var all = ids.size();
    ids.removeIf(id -> !allow.allows(id));
    return ids.isEmpty()
        ? none(provider, EmptyListReason.HiddenByAllowList, all)
        : new Some(ids, all - ids.size());
  }

  private static None none(Provider provider, ListReading reading) {
    return switch (reading) {
      case ListReading.Listed _ -> none(provider, EmptyListReason.ListEmpty, 0);
      case ListReading.Nothing(var reason) -> none(provider, reason, 0);
      case ListReading.Failed(var reason, var sentence, _) -> new None(reason.name(), sentence, 0);
    };
  }

  private static None none(Provider provider, EmptyListReason reason, int hidden) {
    return new None(
        reason.name(),
        switch (reason) {
          case ListEmpty -> provider + " lists no model for this key.";
          case NoListEndpoint ->
              provider + " does not list what this key can call; declare it in models.additional.";
          case DiscoveryDisabled -> "Discovery is off; declare the models in models.additional.";
          case HiddenByAllowList -> "No model fits the patterns of models.allow.";
        },
        hidden);
  }
}
