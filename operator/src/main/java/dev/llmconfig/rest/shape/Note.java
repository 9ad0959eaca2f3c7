package dev.llmconfig.rest.shape;

import org.jspecify.annotations.Nullable;

/// Something worth knowing that makes the object no less ready.
public record Note(@Nullable String reason, @Nullable String message) {}
