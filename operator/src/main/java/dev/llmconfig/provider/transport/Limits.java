package dev.llmconfig.provider.transport;

import java.time.Duration;

/// How long anything may take. There is no limit of its own for the first byte: it may use all that
/// is left of its probe, and a body that trickles ends with the same deadline.
///
/// @param connect until TCP and TLS are up, name look-up included
/// @param free all calls of a free probe together
/// @param completion a model call
/// @param loadingCompletion a model call where the model may have to be loaded first
public record Limits(
    Duration connect, Duration free, Duration completion, Duration loadingCompletion) {

  public static final Limits STANDARD =
      new Limits(
          Duration.ofSeconds(3),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60));
}
