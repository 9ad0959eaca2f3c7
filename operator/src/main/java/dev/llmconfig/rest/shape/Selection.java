package dev.llmconfig.rest.shape;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// What comes with the choice of a default.
///
/// @param parameters these and no others; absent to leave them as they are
public record Selection(@Nullable ObjectNode parameters) {}
