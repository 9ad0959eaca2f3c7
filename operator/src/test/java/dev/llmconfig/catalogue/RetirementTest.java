package dev.llmconfig.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.Provider;
import dev.llmconfig.catalogue.Retirement.Band;
import dev.llmconfig.catalogue.Retirement.Listing;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// gpt-5-mini retires on 2026-12-11 (traps P8).
class RetirementTest {

  private static final ModelFacts MODEL = Asked.CATALOGUE.describe(Provider.OpenAI, "gpt-5-mini");

  @ParameterizedTest
  @CsvSource({
    "2026-09-11, ",
    "2026-09-12, Within90Days",
    "2026-11-10, Within90Days",
    "2026-11-11, Within30Days",
    "2026-12-10, Within30Days",
    "2026-12-11, Past",
    "2027-12-11, Past"
  })
  void changesItsBandOnTheDay(LocalDate today, Band band) {
    var retirement = Retirement.of(MODEL, today, Listing.Listed);

    assertThat(retirement.map(Retirement::band)).isEqualTo(Optional.ofNullable(band));
  }

  @Test
  void warnsFrom30DaysOnAndSaysRetiredOnlyAfterTheDay() {
    assertThat(Band.Within90Days.reason()).isEqualTo(ConditionReason.RetiresSoon);
    assertThat(Band.Within90Days.warning()).isFalse();
    assertThat(Band.Within30Days.reason()).isEqualTo(ConditionReason.RetiresSoon);
    assertThat(Band.Within30Days.warning()).isTrue();
    assertThat(Band.Past.reason()).isEqualTo(ConditionReason.Retired);
    assertThat(Band.Past.warning()).isTrue();
  }

  @Test
  void saysTheSameEveryDayOfABand() {
    var first = Retirement.of(MODEL, LocalDate.of(2026, 11, 11), Listing.Listed).orElseThrow();
    var last = Retirement.of(MODEL, LocalDate.of(2026, 12, 10), Listing.Listed).orElseThrow();

    assertThat(first).isEqualTo(last);
    assertThat(first.sentence())
        .isEqualTo(
            "gpt-5-mini retires on 2026-12-11 (litellm@1.109.1); choose another model before that"
                + " day.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Listed|gpt-5-mini was to retire on 2026-12-11 (litellm@1.109.1), and OpenAI still lists it; choose another model.",
        "NotListed|gpt-5-mini was to retire on 2026-12-11 (litellm@1.109.1), and OpenAI no longer lists it; choose another model.",
        "Unknown|gpt-5-mini was to retire on 2026-12-11 (litellm@1.109.1); choose another model."
      })
  void saysWhetherARetiredModelIsStillListed(Listing listing, String sentence) {
    assertThat(Retirement.of(MODEL, LocalDate.of(2027, 1, 1), listing).orElseThrow().sentence())
        .isEqualTo(sentence);
  }

  @Test
  void believesTheProviderBeforeTheFile() {
    var listed =
        Facts.none()
            .with(
                Attribute.RETIRES_ON,
                LocalDate.of(2027, 6, 1),
                Source.provider(LocalDate.of(2026, 11, 20)));
    var model = Asked.CATALOGUE.describe(Provider.OpenAI, DeclaredModel.of("gpt-5-mini"), listed);

    assertThat(Retirement.of(model, LocalDate.of(2027, 1, 1), Listing.Listed)).isEmpty();
  }

  @Test
  void saysNothingOfModelsWithoutADate() {
    assertThat(
            Retirement.of(
                Asked.CATALOGUE.describe(Provider.OpenAI, "gpt-5-mini-2030-01-01"),
                LocalDate.of(2031, 1, 1),
                Listing.Unknown))
        .isEmpty();
  }
}
