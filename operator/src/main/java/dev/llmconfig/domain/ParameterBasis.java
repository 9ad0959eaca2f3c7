package dev.llmconfig.domain;

import dev.llmconfig.api.TokenField;
import java.util.OptionalLong;

/// On what the effective parameters were decided, and what else was known of the model. It is kept
/// with what is applied, so that an operator with a newer catalogue restarts nobody: while the same
/// is declared, what was decided stands.
///
/// @param declared a name for all that was declared and counts, such as `i-0123456789`
/// @param tokenField what the model's limit of output tokens is called
/// @param onlyTemperatureOne any other temperature is refused
/// @param refusesTopP topP is refused, whatever its value
/// @param reasons it thinks before it answers
public record ParameterBasis(
    String declared,
    TokenField tokenField,
    boolean onlyTemperatureOne,
    boolean refusesTopP,
    boolean reasons,
    OptionalLong contextTokens) {}
