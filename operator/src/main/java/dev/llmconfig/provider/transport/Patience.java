package dev.llmconfig.provider.transport;

import java.time.Duration;

/// How long an answer that is read as it comes may take. Connecting has the limit of all calls.
///
/// @param firstByte until the head and the first piece of the body are there
/// @param total from the first look-up to the last byte
public record Patience(Duration firstByte, Duration total) {

  public static final Patience STANDARD = new Patience(Duration.ofMinutes(2), Duration.ofHours(1));

  public Patience withFirstByte(Duration other) {
    return new Patience(other, total);
  }
}
