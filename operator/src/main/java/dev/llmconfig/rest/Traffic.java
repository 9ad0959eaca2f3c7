package dev.llmconfig.rest;

import java.time.Duration;

/// Is told of each request that was let as far as a route. Nothing of it says who asked for what.
public interface Traffic {

  /// Where nobody counts.
  Traffic UNCOUNTED = (_, _, _) -> {};

  /// Once for each.
  ///
  /// @param route its path, with `{id}` in place of an object's
  /// @param took until the answer began
  void answered(String route, int status, Duration took);
}
