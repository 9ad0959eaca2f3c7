package dev.llmconfig.verify;

import java.time.Instant;
import java.time.InstantSource;

/// The clock, and something that rings: both in one, so that a test can be the time.
public interface Alarms extends InstantSource {

  /// Rings once at that time, or at once if it has passed. Must not ring inside the call.
  Alarm ring(Instant when, Runnable what);

  /// Set, and can be switched off; switched off twice is switched off.
  interface Alarm {
    void off();
  }
}
