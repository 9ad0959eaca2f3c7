package dev.llmconfig.rest.shape;

import org.jspecify.annotations.Nullable;

/// A condition as the status holds it.
public record Condition(
    String type,
    String status,
    @Nullable String reason,
    @Nullable String message,
    @Nullable String lastTransitionTime,
    @Nullable Long observedGeneration) {}
