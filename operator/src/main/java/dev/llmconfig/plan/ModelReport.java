package dev.llmconfig.plan;

import dev.llmconfig.api.Provider;
import dev.llmconfig.domain.ParameterOutcome;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// What the status of a ModelConfig shall say, but for the delivery itself: applied and failed
/// revisions, counts and names of workloads are added by those who deliver.
///
/// @param candidate the wanted revision while it is not the applied one
/// @param handledVerify the wish for a check that was answered last
public record ModelReport(
    long observedGeneration,
    Optional<Resolved> resolved,
    Optional<String> candidate,
    Optional<String> handledVerify,
    List<StatusNote> notes,
    List<ConditionReport> conditions) {

  public ModelReport {
    notes = List.copyOf(notes);
    conditions = List.copyOf(conditions);
  }

  /// What is known of the model.
  ///
  /// @param catalogue edition of the catalogue, such as `2026-11`
  /// @param parameters those that are not sent as they were asked for
  public record Resolved(
      Provider provider,
      String model,
      Optional<Long> contextTokens,
      Optional<Long> maxOutputTokens,
      Optional<LocalDate> retiresOn,
      String catalogue,
      List<ParameterOutcome> parameters) {
    public Resolved {
      parameters = List.copyOf(parameters);
    }
  }
}
