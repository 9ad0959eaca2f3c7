package dev.llmconfig.rest.shape;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A model that can be chosen, or that the catalogue knows.
///
/// @param id to choose it by, where there is a key for it
/// @param facts everything that is known, each with who says so and as of when
public record OfferedModel(
    @Nullable String id,
    @Nullable String provider,
    String model,
    @Nullable String displayName,
    @Nullable Long contextTokens,
    @Nullable Long maxOutputTokens,
    @Nullable Price price,
    List<String> capabilities,
    @Nullable String retiresOn,
    ObjectNode facts) {

  /// Money as decimal text.
  public record Price(
      @Nullable String input, @Nullable String output, String per, String currency) {}
}
