package dev.llmconfig.rest.shape;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.UnsupportedParameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is to change of a model configuration: fields of its spec.
public record ConfigPatch(
    @Nullable NameRef apiKeyRef,
    @Nullable String model,
    @Nullable String displayName,
    @Nullable Boolean isDefault,
    @Nullable ObjectNode parameters,
    @Nullable UnsupportedParameters unsupportedParameters,
    @Nullable List<NameRef> fallbackRefs,
    @Nullable ObjectNode delivery,
    @Nullable Boolean suspend) {}
