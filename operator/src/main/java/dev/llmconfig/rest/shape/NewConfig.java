package dev.llmconfig.rest.shape;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.UnsupportedParameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A model configuration that is to be made: the spec of a ModelConfig, and where it is to be.
///
/// @param name made from the model where it is absent
public record NewConfig(
    String namespace,
    @Nullable String name,
    NameRef apiKeyRef,
    String model,
    @Nullable String displayName,
    @Nullable Boolean isDefault,
    @Nullable ObjectNode parameters,
    @Nullable UnsupportedParameters unsupportedParameters,
    @Nullable List<NameRef> fallbackRefs,
    @Nullable ObjectNode delivery,
    @Nullable Boolean suspend) {}
