package dev.llmconfig.domain;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Which models of a provider may be used with a key.
///
/// @param discovered whether the provider is asked for its list
/// @param allow patterns of ids; none allows all
/// @param additional models that are declared by hand
public record ModelSelection(boolean discovered, List<String> allow, List<Additional> additional) {

  public ModelSelection {
    allow = List.copyOf(allow);
    additional = List.copyOf(additional);
  }

  /// A model that no list has to name.
  ///
  /// @param baseModel what it is a deployment or a fine-tune of
  public record Additional(
      String id,
      Optional<String> baseModel,
      OptionalInt contextTokens,
      OptionalInt maxOutputTokens) {}
}
