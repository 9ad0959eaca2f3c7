package dev.llmconfig.verify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Time that passes when a test says so.
public final class TestAlarms implements Alarms {

  private record Set(long number, Instant when, Runnable what) {}

  private long numbers;

  private Instant now = Instant.parse("2026-11-20T12:00:00Z");
  private final List<Set> alarms = new ArrayList<>();

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public Alarm ring(Instant when, Runnable what) {
    Set set = new Set(numbers++, when, what);
    alarms.add(set);
    return () -> alarms.removeIf(other -> other.number == set.number);
  }

  Optional<Instant> next() {
    return alarms.stream().map(Set::when).min(Comparator.naturalOrder());
  }

  /// Rings what rings until then, each at its time.
  ///
  /// @param between what happens before the first alarm and after each
  public void pass(Duration duration, Runnable between) {
    between.run();
    Instant end = now.plus(duration);
    for (Optional<Set> set = first(end); set.isPresent(); set = first(end)) {
      alarms.remove(set.get());
      now = set.get().when.isAfter(now) ? set.get().when : now;
      set.get().what.run();
      between.run();
    }
    now = end;
  }

  int waiting() {
    return alarms.size();
  }

  private Optional<Set> first(Instant end) {
    return alarms.stream()
        .filter(set -> !set.when.isAfter(end))
        .min(Comparator.comparing(Set::when));
  }
}
