package dev.llmconfig.catalogue;

import java.util.Set;

/// What is known of a family of models by its name alone: facts that no source keeps, and the
/// peculiarities that have no field of their own.
public record ModelRule(Facts facts, Set<Quirk> quirks) {

  static final ModelRule NONE = new ModelRule(Facts.none(), Set.of());

  public ModelRule {
    quirks = Set.copyOf(quirks);
  }

  boolean has(Quirk quirk) {
    return quirks.contains(quirk);
  }

  ModelRule with(Facts more) {
    return new ModelRule(facts.orElse(more), quirks);
  }

  enum Quirk {
    /// Not even the default of temperature may be written.
    RefusesTemperature,
    RefusesStop,
    RefusesPenalties,
    /// Temperature or topP, not both.
    OneSamplingField,
    /// While it thinks, temperature is 1 or absent.
    OnlyDefaultWhileThinking,
    /// Below temperature 1 it can repeat itself.
    LoopsBelowOne,
    /// Thinks unless it is told not to.
    ThinksByDefault,
    /// Nobody has confirmed that sampling is ignored, so values are sent and a note says so.
    Unconfirmed
  }
}
