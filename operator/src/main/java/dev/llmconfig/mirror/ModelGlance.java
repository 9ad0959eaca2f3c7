package dev.llmconfig.mirror;

import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.api.v1alpha1.ModelConfigStatus;
import dev.llmconfig.api.v1alpha1.ResolvedModel;
import dev.llmconfig.domain.AgentState;
import dev.llmconfig.domain.Ref;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is measured of one ModelConfig.
///
/// @param agents how many are in which state; states that no agent is in are left out
/// @param retiresAt when the provider ends its model, where that is known
public record ModelGlance(Ref ref, Map<AgentState, Integer> agents, Optional<Retires> retiresAt) {

  /// The end of a model.
  public record Retires(String model, Instant at) {}

  public ModelGlance {
    agents = Map.copyOf(agents);
  }

  static ModelGlance at(ModelConfig config) {
    var status = Objects.requireNonNullElseGet(config.getStatus(), ModelConfigStatus::new);
    return new ModelGlance(
        Projection.ref(config), AgentCounts.of(status), retires(status.getResolved()));
  }

  private static Optional<Retires> retires(@Nullable ResolvedModel model) {
    if (model == null || model.getRetiresOn() == null) {
      return Optional.empty();
    }
    try {
      var day = LocalDate.parse(model.getRetiresOn());
      return Optional.of(
          new Retires(
              Projection.text(model.getModel()), day.atStartOfDay(ZoneOffset.UTC).toInstant()));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }
}
