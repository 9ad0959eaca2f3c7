package dev.llmconfig.reconcile;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.plan.rollout.Hindrance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// How often workloads lost what was delivered to them. A guest does not fight: after the third
/// time in ten minutes it is tried once in ten minutes (traps R43).
final class Losses {

  static final Duration WINDOW = Duration.ofMinutes(10);
  static final int MOST = 3;

  private final Map<String, Deque<Instant>> byWorkload = new HashMap<>();

  synchronized void lost(String uid, Instant now) {
    byWorkload.computeIfAbsent(uid, _ -> new ArrayDeque<>()).addLast(now);
  }

  synchronized void forget(String uid) {
    byWorkload.remove(uid);
  }

  /// Why it gets nothing for now, if so.
  synchronized Optional<Hindrance> contested(String uid, Instant now) {
    var losses = byWorkload.get(uid);
    if (losses == null) {
      return Optional.empty();
    }
    var begin = now.minus(WINDOW);
    losses.removeIf(time -> !time.isAfter(begin));
    if (losses.isEmpty()) {
      byWorkload.remove(uid);
    }
    return losses.size() >= MOST
        ? Optional.of(
            new Hindrance(
                ConditionReason.Contested,
                "what was delivered was taken away %d times in ten minutes; find who rewrites its pod template (its managedFields tell), it is tried once in ten minutes"
                    .formatted(losses.size())))
        : Optional.empty();
  }
}
