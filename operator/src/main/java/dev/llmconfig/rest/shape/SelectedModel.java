package dev.llmconfig.rest.shape;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// What a namespace uses by default.
///
/// @param selected null where nothing is the default
/// @param reason why there is none
public record SelectedModel(
    @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Choice selected,
    @Nullable String reason,
    @Nullable Boolean stale,
    @Nullable String syncedAt) {

  public SelectedModel(@Nullable Choice selected, @Nullable String reason) {
    this(selected, reason, null, null);
  }
}
