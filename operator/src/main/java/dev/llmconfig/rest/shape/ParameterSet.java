package dev.llmconfig.rest.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.ReasoningEffort;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All parameters of a model configuration; what is absent is not sent to the model.
///
/// @param temperature a number
/// @param topP a number
public record ParameterSet(
    @Nullable JsonNode temperature,
    @Nullable JsonNode topP,
    @Nullable Integer maxOutputTokens,
    @Nullable List<String> stopSequences,
    @Nullable ReasoningEffort reasoningEffort,
    @Nullable Integer timeoutSeconds,
    @Nullable ObjectNode extra) {}
