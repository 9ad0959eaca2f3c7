package dev.llmconfig.gateway;

/// Measures how long things take; nobody can set it back.
@FunctionalInterface
public interface MonotonicClock {

  MonotonicClock SYSTEM = System::nanoTime;

  /// Only differences mean anything.
  long nanos();
}
