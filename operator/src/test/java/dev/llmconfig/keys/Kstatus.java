package dev.llmconfig.keys;

import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What Flux, Helm and `kubectl` tools make of an object, by the rules of kstatus for kinds that it
/// does not know: first the generation, then `Reconciling` and `Stalled`, then `Ready`. Its library
/// is a program beside the cluster, which `KstatusIT` asks once; here every state on the way is
/// judged, of hundreds of objects.
enum Kstatus {
  Current,
  InProgress,
  Failed,
  Terminating;

  static Kstatus of(ApiKeyConfig object) {
    if (object.getMetadata().getDeletionTimestamp() != null) {
      return Terminating;
    }
    var status = object.getStatus();
    // The schema gives it an older generation from its first moment on.
    if (status == null
        || !Objects.equals(status.getObservedGeneration(), object.getMetadata().getGeneration())) {
      return InProgress;
    }
    var conditions = Optional.ofNullable(status.getConditions()).orElseGet(List::of);
    for (var condition : conditions) {
      if (condition.getType().equals("Reconciling") && condition.getStatus().equals("True")) {
        return InProgress;
      }
      if (condition.getType().equals("Stalled") && condition.getStatus().equals("True")) {
        return Failed;
      }
    }
    return conditions.stream()
            .filter(one -> one.getType().equals("Ready"))
            .allMatch(one -> one.getStatus().equals("True"))
        ? Current
        : InProgress;
  }
}
