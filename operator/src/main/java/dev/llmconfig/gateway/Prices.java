package dev.llmconfig.gateway;

import dev.llmconfig.api.Provider;
import dev.llmconfig.catalogue.Attribute;
import dev.llmconfig.catalogue.ModelFacts;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// US dollars per million tokens, as far as somebody says.
record Prices(
    Optional<BigDecimal> input, Optional<BigDecimal> output, Optional<BigDecimal> cacheRead) {

  private static final int MILLION = 6;

  /// Whoever runs these pays for the machine and not for the token, unless it is declared.
  private static final Set<Provider> FREE =
      EnumSet.of(Provider.Ollama, Provider.VLLM, Provider.Echo);

  static Prices of(ModelFacts model) {
    Optional<BigDecimal> otherwise =
        FREE.contains(model.provider()) ? Optional.of(BigDecimal.ZERO) : Optional.empty();
    return new Prices(
        model.facts().value(Attribute.INPUT_PRICE).or(() -> otherwise),
        model.facts().value(Attribute.OUTPUT_PRICE).or(() -> otherwise),
        model.facts().value(Attribute.CACHE_READ_PRICE).or(() -> otherwise));
  }

  /// Exact, or absent: a sum with an unknown part is unknown. Nobody tells what writing to a cache
  /// costs.
  Optional<BigDecimal> cost(TokenCounts counts) {
    long cached = counts.cached().orElse(0);
    if (counts.input().isEmpty()
        || counts.output().isEmpty()
        || counts.cacheWritten().orElse(0) > 0
        || cached > counts.input().getAsLong()) {
      return Optional.empty();
    }
    Optional<BigDecimal> read = part(counts.input().getAsLong() - cached, input);
    Optional<BigDecimal> reread = part(cached, cacheRead);
    Optional<BigDecimal> written = part(counts.output().getAsLong(), output);
    return sum(sum(read, reread), written).map(Prices::plain);
  }

  private static Optional<BigDecimal> part(long tokens, Optional<BigDecimal> price) {
    return tokens == 0
        ? Optional.of(BigDecimal.ZERO)
        : price.map(
            perMillion -> perMillion.multiply(BigDecimal.valueOf(tokens)).movePointLeft(MILLION));
  }

  private static Optional<BigDecimal> sum(Optional<BigDecimal> one, Optional<BigDecimal> other) {
    return one.flatMap(a -> other.map(a::add));
  }

  /// Equal amounts are equal numbers, and none has an exponent.
  private static BigDecimal plain(BigDecimal amount) {
    BigDecimal stripped = amount.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
