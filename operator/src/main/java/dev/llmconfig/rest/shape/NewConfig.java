package dev.llmconfig.rest.shape;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/// A model configuration that is to be made, and where.
///
/// @param name made from the model where it is absent
public record NewConfig(
    String namespace, @Nullable String name, @JsonUnwrapped ConfigFields fields) {}
