package dev.llmconfig.provider;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// A model as its provider lists it. Most providers tell no more than the id.
///
/// @param price in USD per million tokens
/// @param supportedParameters wire names; empty where the provider does not say
public record ListedModel(
    String id,
    Optional<String> name,
    OptionalLong contextTokens,
    OptionalLong maxInputTokens,
    OptionalLong maxOutputTokens,
    Optional<LocalDate> retiresOn,
    Optional<BigDecimal> maxTemperature,
    Optional<Price> price,
    Set<String> supportedParameters) {

  public record Price(BigDecimal input, BigDecimal output) {}

  /// One of which no more is known.
  static ListedModel of(String id, Optional<String> name) {
    return new ListedModel(
        id,
        name,
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Set.of());
  }

  ListedModel withTexts(Optional<String> otherName, Set<String> otherParameters) {
    return new ListedModel(
        id,
        otherName,
        contextTokens,
        maxInputTokens,
        maxOutputTokens,
        retiresOn,
        maxTemperature,
        price,
        otherParameters);
  }

  public ListedModel {
    supportedParameters = Set.copyOf(supportedParameters);
  }
}
