package dev.llmconfig.rest.shape;

import dev.llmconfig.api.ReasoningEffort;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A model that can be chosen: one that somebody has configured, or one that a key offers.
///
/// @param id to choose it by; absent where namespaces are merged
/// @param apiKeyId the key that it would be used with; absent for who may not list keys
/// @param otherKeys how many more keys of the namespace offer it
/// @param parameters what it takes of each parameter; absent in a compact list
public record Choice(
    @Nullable String id,
    boolean configured,
    @Nullable String provider,
    String model,
    @Nullable String displayName,
    @Nullable String apiKeyId,
    @Nullable Integer otherKeys,
    boolean isDefault,
    @Nullable Long contextTokens,
    @Nullable Long maxOutputTokens,
    OfferedModel.@Nullable Price price,
    List<String> capabilities,
    @Nullable Map<String, Support> parameters,
    @Nullable String retiresOn,
    @Nullable Origin source) {

  /// What a model takes of a parameter.
  ///
  /// @param min the lowest value; for stop sequences their number
  /// @param max the highest one, as far as anybody says
  /// @param values where it is one of a few words
  /// @param sentence why it takes none
  public record Support(
      boolean supported,
      @Nullable BigDecimal min,
      @Nullable BigDecimal max,
      @Nullable List<ReasoningEffort> values,
      @Nullable String sentence) {}

  /// Who says that there is such a model.
  public enum Origin {
    /// The provider lists it.
    Provider,
    /// The key declares it.
    Declared,
    /// It is known, and nobody has listed it.
    Catalogue
  }
}
