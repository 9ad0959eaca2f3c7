package dev.llmconfig.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.Provider;
import dev.llmconfig.catalogue.Catalogue;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PricesTest {

  private static final Prices ALL = new Prices(price("0.15"), price("0.6"), price("0.075"));

  @Test
  void aCostIsExact() {
    assertThat(ALL.cost(TokenCounts.of(7, 3))).contains(new BigDecimal("0.00000285"));
    assertThat(ALL.cost(TokenCounts.of(1_000_000, 0))).contains(new BigDecimal("0.15"));
    assertThat(ALL.cost(TokenCounts.of(200_000_000, 0))).contains(new BigDecimal("30"));
    assertThat(ALL.cost(TokenCounts.of(0, 0))).contains(new BigDecimal("0"));
  }

  @Test
  void whatWasCachedCostsItsOwnPrice() {
    TokenCounts counts = TokenCounts.of(10, 0).withCached(OptionalLong.of(4));

    assertThat(ALL.cost(counts)).contains(new BigDecimal("0.0000012"));
  }

  @Test
  void aSumWithAnUnknownPartIsUnknown() {
    Prices noOutput = new Prices(price("1"), Optional.empty(), Optional.empty());
    TokenCounts cached = TokenCounts.of(10, 0).withCached(OptionalLong.of(4));

    assertThat(noOutput.cost(TokenCounts.of(10, 1))).isEmpty();
    assertThat(noOutput.cost(TokenCounts.of(10, 0))).contains(new BigDecimal("0.00001"));
    assertThat(noOutput.cost(cached)).isEmpty();
    assertThat(ALL.cost(TokenCounts.of(10, 1).withCacheWritten(OptionalLong.of(1)))).isEmpty();
    assertThat(ALL.cost(TokenCounts.NONE)).isEmpty();
    assertThat(ALL.cost(TokenCounts.NONE.withInput(OptionalLong.of(3)))).isEmpty();
  }

  @Test
  void moreCachedThanReadIsNoCount() {
    assertThat(ALL.cost(TokenCounts.of(3, 1).withCached(OptionalLong.of(4)))).isEmpty();
  }

  @Test
  void ownMachinesAreFreeAndUnknownModelsHaveNoPrice() {
    Catalogue catalogue = Catalogue.packed();
    TokenCounts counts = TokenCounts.of(10, 10);

    assertThat(Prices.of(catalogue.describe(Provider.Ollama, "mine")).cost(counts))
        .contains(new BigDecimal("0"));
    assertThat(Prices.of(catalogue.describe(Provider.OpenAICompatible, "mine")).cost(counts))
        .isEmpty();
    assertThat(Prices.of(catalogue.describe(Provider.OpenAI, "gpt-4o-mini")).cost(counts))
        .isPresent();
  }

  private static Optional<BigDecimal> price(String perMillion) {
    return Optional.of(new BigDecimal(perMillion));
  }
}
