package dev.llmconfig.rest.shape;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/// A namespace that the caller can work in.
public record Namespace(
    String name,
    int keys,
    int configs,
    int agents,
    @JsonProperty("default") @Nullable String byDefault,
    boolean watched) {}
