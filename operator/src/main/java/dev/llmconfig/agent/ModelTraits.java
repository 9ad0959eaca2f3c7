package dev.llmconfig.agent;

import dev.llmconfig.api.Provider;
import dev.llmconfig.api.ReasoningEffort;
import dev.llmconfig.catalogue.Attribute;
import dev.llmconfig.catalogue.ModelFacts;
import dev.llmconfig.catalogue.Sampling;
import dev.llmconfig.domain.Parameters;
import java.util.Optional;
import java.util.OptionalLong;

/// What rendering must know about a model beyond its parameters. Unknown is `false` or empty, as
/// for a model nobody has heard of.
///
/// @param onlyTemperatureOne any other temperature is refused
/// @param refusesTopP topP is refused, whatever its value
/// @param reasons it thinks before it answers, which takes longer than frameworks wait
public record ModelTraits(
    boolean onlyTemperatureOne, boolean refusesTopP, boolean reasons, OptionalLong contextTokens) {

  public static final ModelTraits UNKNOWN =
      new ModelTraits(false, false, false, OptionalLong.empty());

  /// The traits of a model as it is asked.
  ///
  /// @param effective what the model is sent, because effort decides what else it takes
  public static ModelTraits of(ModelFacts model, Parameters effective) {
    Optional<ReasoningEffort> effort =
        effective.reasoningEffort().or(() -> model.facts().value(Attribute.DEFAULT_EFFORT));
    boolean effortIsNone = effort.filter(level -> level == ReasoningEffort.None).isPresent();
    boolean onlyDefault =
        model
            .sampling()
            .map(sampling ->
                sampling == Sampling.OnlyDefault
                    || (sampling == Sampling.WhenEffortNone && !effortIsNone))
            .orElse(false);
    // Claude thinks when it is asked to, the others unless they are asked not to.
    boolean asked = model.provider() != Provider.Anthropic || effort.isPresent();
    return new ModelTraits(
        onlyDefault,
        onlyDefault,
        model.facts().says(Attribute.REASONING, true) && asked && !effortIsNone,
        model.facts().value(Attribute.CONTEXT_TOKENS).stream()
            .mapToLong(Long::longValue)
            .findFirst());
  }
}
