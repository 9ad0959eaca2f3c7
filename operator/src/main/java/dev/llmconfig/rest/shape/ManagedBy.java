package dev.llmconfig.rest.shape;

import dev.llmconfig.domain.Keeper;
import org.jspecify.annotations.Nullable;

/// The tool that holds the object.
///
/// @param editable whether a save lasts
public record ManagedBy(Keeper.Tool owner, @Nullable String name, boolean editable) {}
