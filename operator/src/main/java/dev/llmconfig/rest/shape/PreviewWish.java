package dev.llmconfig.rest.shape;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.UnsupportedParameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A model configuration as it could be, and for whom.
///
/// @param profile in place of the one that it names
/// @param agent the id of one whose own choice of a profile counts
public record PreviewWish(
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
    @Nullable Boolean suspend,
    @Nullable String profile,
    @Nullable String agent) {}
