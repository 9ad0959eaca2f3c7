package dev.llmconfig.domain;

import dev.llmconfig.api.DeliveryMode;
import dev.llmconfig.api.Rollback;
import dev.llmconfig.api.RolloutPolicy;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// How the settings reach the agents.
///
/// @param profile id of a profile; whether there is one of that name is decided elsewhere
/// @param selector workloads that get the settings without carrying the label
/// @param containers those that were named; empty for the usual choice
/// @param fileMountPath without a slash at its end
public record ModelDelivery(
    DeliveryMode mode,
    String profile,
    Optional<WorkloadSelector> selector,
    SortedSet<String> containers,
    String fileMountPath,
    Rollout rollout,
    Rollback rollback) {

  public static final DeliveryMode USUAL_MODE = DeliveryMode.Env;
  public static final String USUAL_PROFILE = "openai";
  public static final String USUAL_MOUNT_PATH = "/etc/llm";
  public static final Rollout USUAL_ROLLOUT =
      new Rollout(RolloutPolicy.Automatic, 5, Duration.ZERO);
  public static final Rollback USUAL_ROLLBACK = Rollback.OnFailure;

  public ModelDelivery {
    containers = Collections.unmodifiableSortedSet(new TreeSet<>(containers));
  }

  /// How running agents get new settings.
  ///
  /// @param maxParallel how many workloads roll at the same time
  /// @param minInterval between the starts of two
  public record Rollout(RolloutPolicy policy, int maxParallel, Duration minInterval) {}
}
