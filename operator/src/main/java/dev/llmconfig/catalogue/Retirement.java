package dev.llmconfig.catalogue;

import dev.llmconfig.api.ConditionReason;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// That a model ends, or has ended. It warns and never blocks: only the provider's own "not found"
/// does. The sentence holds no count of days, because a status must not change every night.
public record Retirement(LocalDate on, Band band, String sentence) {

  /// Each band has one Event per model.
  public enum Band {
    Within90Days(ConditionReason.RetiresSoon, false),
    Within30Days(ConditionReason.RetiresSoon, true),
    Past(ConditionReason.Retired, true);

    private final ConditionReason reason;
    private final boolean warning;

    Band(ConditionReason reason, boolean warning) {
      this.reason = reason;
      this.warning = warning;
    }

    /// Of the condition `ModelRetiring`.
    public ConditionReason reason() {
      return reason;
    }

    /// Whether its Event is a warning.
    public boolean warning() {
      return warning;
    }
  }

  /// Whether the provider lists the model.
  public enum Listing {
    Listed,
    NotListed,
    Unknown
  }

  /// Empty while there is no date or it is far away. `today` is the day in UTC.
  public static Optional<Retirement> of(ModelFacts model, LocalDate today, Listing listing) {
    return model
        .facts()
        .get(Attribute.RETIRES_ON)
        .flatMap(date ->
            band(ChronoUnit.DAYS.between(today, date.value()))
                .map(band ->
                    new Retirement(date.value(), band, sentence(model, date, band, listing))));
  }

  private static Optional<Band> band(long daysLeft) {
    if (daysLeft > 90) {
      return Optional.empty();
    }
    if (daysLeft > 30) {
      return Optional.of(Band.Within90Days);
    }
    return Optional.of(daysLeft > 0 ? Band.Within30Days : Band.Past);
  }

  private static String sentence(
      ModelFacts model, Fact<LocalDate> date, Band band, Listing listing) {
    String when = "%s (%s)".formatted(date.value(), date.source().label());
    if (band != Band.Past) {
      return "%s retires on %s; choose another model before that day.".formatted(model.id(), when);
    }
    return switch (listing) {
      case Listed ->
          "%s was to retire on %s, and %s still lists it; choose another model."
              .formatted(model.id(), when, model.provider());
      case NotListed ->
          "%s was to retire on %s, and %s no longer lists it; choose another model."
              .formatted(model.id(), when, model.provider());
      case Unknown -> "%s was to retire on %s; choose another model.".formatted(model.id(), when);
    };
  }
}
