package dev.llmconfig.plan;

import dev.llmconfig.catalogue.Facts;
import dev.llmconfig.catalogue.Retirement.Listing;

/// What the provider's own list says of the model. It was discovered at run time, so it is shown
/// and noted, and never changes a revision: no list restarts an agent (traps R1).
public record Listed(Listing listing, Facts facts) {

  public static final Listed UNKNOWN = new Listed(Listing.Unknown, Facts.none());
}
