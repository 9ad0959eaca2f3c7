package dev.llmconfig.rest.shape;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/// A key that is to be made, and where.
///
/// @param name made from provider and displayName where it is absent
public record NewKey(String namespace, @Nullable String name, @JsonUnwrapped KeyFields fields) {}
