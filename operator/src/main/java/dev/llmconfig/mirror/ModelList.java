package dev.llmconfig.mirror;

import dev.llmconfig.domain.Ref;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/// The models that a provider offered for a key, at a time.
///
/// @param keyUid of the ApiKeyConfig it was read for: a new object of that name starts without
public record ModelList(Ref key, String keyUid, Instant at, List<Model> models) {

  public ModelList {
    models = List.copyOf(models);
  }

  /// One entry.
  ///
  /// @param facts what else is known, as JSON
  public record Model(
      String id, OptionalInt contextTokens, OptionalInt maxOutputTokens, String facts) {}
}
