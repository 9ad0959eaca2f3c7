package dev.llmconfig.plan;

import dev.llmconfig.catalogue.ModelFacts;
import dev.llmconfig.catalogue.Retirement;
import dev.llmconfig.catalogue.Retirement.Band;
import dev.llmconfig.plan.ConditionReport.Truth;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;

/// That a model ends. It warns and never blocks, so here the provider's own list counts as well.
/// The condition is also the memory of what was told: it changes once in each band, and not every
/// night.
final class RetirementNews {

  private static final int FIRST_DAYS = 90;
  private static final int LAST_DAYS = 30;

  private RetirementNews() {}

  static Optional<ConditionReport> condition(ModelOutlook outlook) {
    return of(outlook)
        .map(retirement ->
            new ConditionReport(
                ConditionReport.Type.ModelRetiring,
                Truth.True,
                retirement.band().reason(),
                sentence(retirement)));
  }

  static Optional<PlannedEvent> event(ModelOutlook outlook) {
    var before = outlook.seen().before().condition(ConditionReport.Type.ModelRetiring);
    return of(outlook)
        .filter(retirement ->
            before.filter(one -> one.message().equals(sentence(retirement))).isEmpty())
        .map(retirement ->
            new PlannedEvent(
                PlannedEvent.Reason.ModelRetiring,
                retirement.band().warning() ? PlannedEvent.Kind.Warning : PlannedEvent.Kind.Normal,
                sentence(retirement)));
  }

  /// When another band begins.
  static Stream<Instant> turns(ModelOutlook outlook) {
    return outlook.acceptance().model().flatMap(ModelFacts::retiresOn).stream()
        .flatMap(day -> Stream.of(day.minusDays(FIRST_DAYS), day.minusDays(LAST_DAYS), day))
        .map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  private static Optional<Retirement> of(ModelOutlook outlook) {
    var seen = outlook.seen();
    return outlook
        .acceptance()
        .model()
        .flatMap(facts ->
            Retirement.of(
                facts, seen.now().atOffset(ZoneOffset.UTC).toLocalDate(), seen.listed().listing()));
  }

  private static String sentence(Retirement retirement) {
    return retirement.band() == Band.Within30Days
        ? retirement.sentence() + " At most %d days are left.".formatted(LAST_DAYS)
        : retirement.sentence();
  }
}
