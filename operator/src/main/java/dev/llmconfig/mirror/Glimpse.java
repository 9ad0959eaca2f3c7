package dev.llmconfig.mirror;

import java.time.Instant;

/// Where the rows stand and what they are worth, without a look at any of them.
public record Glimpse(Position position, Heartbeat heartbeat) {

  public Freshness freshness(Instant now) {
    return Freshness.of(heartbeat.syncedAt(), now);
  }
}
