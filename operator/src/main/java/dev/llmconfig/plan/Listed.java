package dev.llmconfig.plan;

import dev.llmconfig.api.EmptyListReason;
import dev.llmconfig.catalogue.Facts;
import dev.llmconfig.catalogue.KeptList;
import dev.llmconfig.catalogue.Retirement.Listing;

/// What the provider's own list says of the model. It was discovered at run time, so it is shown
/// and noted, and never changes a revision: no list restarts an agent (traps R1).
public record Listed(Listing listing, Facts facts) {

  public static final Listed UNKNOWN = new Listed(Listing.Unknown, Facts.none());
  private static final Listed NOT_LISTED = new Listed(Listing.NotListed, Facts.none());

  /// A list that was cut, or could not be read, tells nothing of a model that is not on it.
  public static Listed of(KeptList list, String model) {
    return switch (list) {
      case KeptList.Listed(var models, var leftOut) -> {
        var facts = models.get(model);
        var absent = leftOut > 0 ? UNKNOWN : NOT_LISTED;
        yield facts == null ? absent : new Listed(Listing.Listed, facts);
      }
      case KeptList.Nothing(var reason) ->
          reason == EmptyListReason.ListEmpty ? NOT_LISTED : UNKNOWN;
      case KeptList.Unread _ -> UNKNOWN;
    };
  }

  /// Of a model that people declare: no list need name it.
  public Listed byHand() {
    return listing == Listing.NotListed ? UNKNOWN : this;
  }
}
