package dev.llmconfig.rest.shape;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/// A model configuration as it could be, and for whom.
///
/// @param profile in place of the one that it names
/// @param agent the id of one whose own choice of a profile counts
public record PreviewWish(
    @JsonUnwrapped NewConfig draft, @Nullable String profile, @Nullable String agent) {}
