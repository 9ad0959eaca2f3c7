package dev.llmconfig.plan.delivery;

import dev.llmconfig.api.FieldManagers;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// When we wrote to a workload last, by the records of the API server.
final class Written {

  private Written() {}

  static Optional<Instant> last(HasMetadata workload) {
    return Objects.requireNonNullElse(
            workload.getMetadata().getManagedFields(), List.<ManagedFieldsEntry>of())
        .stream()
        .filter(entry -> FieldManagers.OPERATOR.equals(entry.getManager()))
        .flatMap(entry -> Optional.ofNullable(entry.getTime()).stream())
        .map(Instant::parse)
        .max(Comparator.naturalOrder());
  }
}
