package dev.llmconfig.reconcile;

import dev.llmconfig.api.v1alpha1.ApiKeyConfigStatus;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.plan.ConditionReport;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Says in the log when a key comes into another state, once for each time.
final class Transitions {

  private static final Logger log = LoggerFactory.getLogger(Transitions.class);

  private record State(String ready, String reason, boolean stalled) {}

  private Transitions() {}

  static void log(Ref key, @Nullable ApiKeyConfigStatus before, ApiKeyConfigStatus after) {
    var old = state(before);
    var now = state(after);
    if (now.isEmpty() || now.equals(old)) {
      return;
    }
    // Only what a person must end is worth their attention.
    log.atLevel(now.get().stalled ? Level.WARN : Level.INFO)
        .addKeyValue("namespace", key.namespace())
        .addKeyValue("name", key.name())
        .addKeyValue("kind", "ApiKeyConfig")
        .addKeyValue("ready", now.get().ready)
        .addKeyValue("reason", now.get().reason)
        .addKeyValue("before", old.map(State::reason).orElse("none"))
        .log("A key came into another state");
  }

  private static Optional<State> state(@Nullable ApiKeyConfigStatus status) {
    return condition(status, ConditionReport.Type.Ready)
        .map(ready ->
            new State(
                ready.getStatus(),
                ready.getReason(),
                condition(status, ConditionReport.Type.Stalled).isPresent()));
  }

  private static Optional<Condition> condition(
      @Nullable ApiKeyConfigStatus status, ConditionReport.Type type) {
    return Optional.ofNullable(status)
        .map(one -> Objects.requireNonNullElse(one.getConditions(), List.<Condition>of()))
        .stream()
        .flatMap(List::stream)
        .filter(one -> type.name().equals(one.getType()))
        .findFirst();
  }
}
