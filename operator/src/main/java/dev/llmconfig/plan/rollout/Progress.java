package dev.llmconfig.plan.rollout;

import java.time.Instant;
import java.util.Optional;

/// How far a workload's pods are with its present template, judged at its own generation.
public sealed interface Progress {

  /// All of them run and are available.
  record Done() implements Progress {}

  /// Not yet.
  ///
  /// @param until when it counts as failed; empty where the workload says so itself
  record Going(Optional<Instant> until) implements Progress {}

  /// They do not become available.
  record Failed() implements Progress {}
}
