package dev.llmconfig.rest.shape;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of what was sent.
///
/// @param dryRun true where it would, and has not
public record ImportResult(
    @Nullable Boolean dryRun, List<Item> created, List<Item> changed, List<Item> unchanged) {

  /// One object.
  public record Item(String kind, String id) {}
}
