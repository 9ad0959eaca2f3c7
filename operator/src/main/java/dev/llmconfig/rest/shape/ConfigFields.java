package dev.llmconfig.rest.shape;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.UnsupportedParameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can be said of a model configuration: the spec of a ModelConfig. A patch has any of it.
public record ConfigFields(
    NameRef apiKeyRef,
    String model,
    @Nullable String displayName,
    @Nullable Boolean isDefault,
    @Nullable ObjectNode parameters,
    @Nullable UnsupportedParameters unsupportedParameters,
    @Nullable List<NameRef> fallbackRefs,
    @Nullable ObjectNode delivery,
    @Nullable Boolean suspend) {}
