package dev.llmconfig.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// When an object is looked at again without anything having happened.
final class NextReconcile {

  private NextReconcile() {}

  /// Never later than the belt: to name a time replaces the framework's own interval.
  static <P extends HasMetadata> UpdateControl<P> at(Optional<Instant> look, Instant now) {
    var belt = now.plus(Controllers.BELT);
    var time = look.filter(belt::isAfter).orElse(belt);
    return UpdateControl.<P>noUpdate().rescheduleAfter(Duration.between(now, time).plusMillis(10));
  }
}
