package dev.llmconfig.catalogue;

import dev.llmconfig.api.EmptyListReason;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.provider.Models;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A provider's list as it is kept between readings, so that nobody needs to ask for it again:
/// before any pattern, so that a changed pattern needs no reading either.
public sealed interface KeptList {

  /// How much of it is kept, as JSON. A ConfigMap takes a megabyte, and has other things in it.
  int MOST_BYTES = 400 * 1024;

  /// The models, and how many more there were than could be kept, at least.
  record Listed(SortedMap<String, Facts> models, int leftOut) implements KeptList {
    public Listed {
      models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
    }
  }

  /// There was nothing to list.
  record Nothing(EmptyListReason reason) implements KeptList {}

  /// It could not be read, and had not been read before.
  record Unread(VerdictReason reason) implements KeptList {}

  /// What can be kept of an answer. It is read back at once, so that the same answer is the same
  /// list whether it was kept or not.
  ///
  /// Where there is too much, first the facts go, and then the last ids.
  static KeptList of(Models models, LocalDate day) {
    return switch (models) {
      case Models.Listed(var listed, var complete) ->
          kept(new Listed(ListedFacts.of(listed, day), complete ? 0 : 1));
      case Models.Empty(var reason) -> new Nothing(reason);
      case Models.NotRead(var reason) -> new Unread(reason);
    };
  }

  private static KeptList kept(Listed listed) {
    var json = listed.json();
    return json.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES
        ? KeptListJson.cut(listed, MOST_BYTES)
        : parse(json).orElse(listed);
  }

  /// Nothing where that is not what we write: somebody may have edited it.
  static Optional<KeptList> parse(String json) {
    return KeptListJson.read(json);
  }

  default String json() {
    return KeptListJson.write(this);
  }

  /// This list, as news after the other: what is said again keeps the day on which it was said
  /// first, and a failed reading changes nothing (traps R12).
  default KeptList after(KeptList before) {
    return switch (this) {
      case Listed(var models, var leftOut) when before instanceof Listed(var old, _) -> {
        var dated = new TreeMap<>(models);
        dated.replaceAll((id, facts) -> facts.since(old.getOrDefault(id, Facts.none())));
        yield new Listed(dated, leftOut);
      }
      case Listed _, Nothing _ -> this;
      case Unread _ -> before instanceof Unread ? this : before;
    };
  }

  /// As a reading; the names fill the sentence of one that failed.
  default ListReading reading(VerdictReason.Names names) {
    return switch (this) {
      case Listed(var models, _) -> new ListReading.Listed(models);
      case Nothing(var reason) -> new ListReading.Nothing(reason);
      case Unread(var reason) ->
          new ListReading.Failed(reason, reason.sentence(names), Collections.emptySortedMap());
    };
  }
}
