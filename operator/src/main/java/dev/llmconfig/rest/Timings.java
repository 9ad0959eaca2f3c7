package dev.llmconfig.rest;

import java.time.Duration;

/// How long a connection may be kept busy with nothing.
///
/// @param firstRequest from its beginning until all headers of a first request are there
/// @param body until all of a body is there
/// @param idle while nothing goes over it in either direction; a reader who does not read is idle
/// @param ping after which a stream that tells nothing shows that it is there
record Timings(Duration firstRequest, Duration body, Duration idle, Duration ping) {

  static final Timings STANDARD =
      new Timings(
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(75),
          Duration.ofSeconds(15));
}
