package dev.llmconfig.agent;

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
}
