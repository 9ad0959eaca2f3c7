package dev.llmconfig.mirror;

import dev.llmconfig.domain.Ref;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The models that can be chosen for a key. Why there are none is in the row of the key.
///
/// @param stamp what it was made of: lists with equal stamps are equal
/// @param askedAt when the provider was asked for its list; a check of the key asks as well, and of
///   those that brought no news only the key's `checkedAt` tells
/// @param hidden how many more there are that `models.allow` hides
/// @param leftOut how many more the provider lists than are kept
public record OfferedModels(
    Ref key, String stamp, Optional<String> askedAt, int hidden, int leftOut, List<Model> models) {

  public OfferedModels {
    models = List.copyOf(models);
  }

  /// One entry.
  ///
  /// @param facts all that is known of it, each with its source and day, as JSON
  public record Model(
      String id, OptionalLong contextTokens, OptionalLong maxOutputTokens, String facts) {}
}
