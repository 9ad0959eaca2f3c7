package dev.llmconfig.rest.shape;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whether it can be used, for load balancers; without names.
public record Health(State status, Map<String, Component> components) {

  /// From best to worst.
  public enum State {
    healthy,
    degraded,
    unhealthy
  }

  /// One part of it.
  public record Component(State status, @Nullable Long ageSeconds, String sentence) {}
}
