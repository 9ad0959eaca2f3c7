package dev.llmconfig.store;

import dev.llmconfig.access.Caller;
import dev.llmconfig.access.Right;
import dev.llmconfig.domain.Ref;

/// The workloads of agents, looked at and restarted each time as the person who asks for it. The
/// name of one is kind and name, such as `Deployment.chat`.
public interface Workloads {

  /// What of it is ours, as it is there now.
  Sight ours(Caller who, Ref agent);

  /// Has its pods replaced, as `kubectl rollout restart` does.
  Outcome restart(Caller who, Ref agent, Version seen);

  /// The right that somebody needs for that; in a mode without a cluster there is none.
  Right right(String verb, Ref agent);

  /// What was seen.
  sealed interface Sight {

    /// As YAML.
    record Seen(String yaml) implements Sight {}

    record Missing() implements Sight {}

    /// The right that is missing.
    record Denied(Right right) implements Sight {}

    /// Nobody answers.
    record Unavailable() implements Sight {}
  }
}
