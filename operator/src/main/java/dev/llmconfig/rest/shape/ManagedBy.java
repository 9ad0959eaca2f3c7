package dev.llmconfig.rest.shape;

import dev.llmconfig.domain.Keeper;
import org.jspecify.annotations.Nullable;

/// The tool that holds the object.
///
/// @param editable whether a save lasts
/// @param link where people see it there, on a page of the tool's own
public record ManagedBy(
    Keeper.Tool owner, @Nullable String name, boolean editable, @Nullable String link) {}
