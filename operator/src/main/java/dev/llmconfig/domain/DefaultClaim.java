package dev.llmconfig.domain;

import java.time.Instant;
import java.util.Comparator;

/// A ModelConfig that claims the agents which follow the default of its namespace. The oldest has
/// them, then the first by name, so that no order of events decides it (traps R39).
public record DefaultClaim(String name, Instant created) implements Comparable<DefaultClaim> {

  private static final Comparator<DefaultClaim> ORDER =
      Comparator.comparing(DefaultClaim::created).thenComparing(DefaultClaim::name);

  @Override
  public int compareTo(DefaultClaim other) {
    return ORDER.compare(this, other);
  }
}
