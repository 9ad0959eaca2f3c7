package dev.llmconfig.verify;

import java.time.Duration;

/// A part of a check that somebody waits for, and how long it took.
public record Step(Name name, Result result, Duration took) {

  public enum Name {
    /// A connection without encryption.
    Connect,
    /// A connection with it.
    Tls,
    /// What the provider says of the key.
    Auth,
    /// Whether it offers the model.
    Model
  }

  public enum Result {
    Passed,
    Failed,
    /// Nobody can say, for now.
    Unknown
  }
}
