package dev.llmconfig.gateway;

import dev.llmconfig.domain.Endpoint;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How long providers let people wait for the first word, as this process has lately seen it. It is
/// forgotten with the process.
public final class FirstWords {

  static final int NEWEST = 100;
  static final int MOST_PLACES = 500;

  private final Map<Endpoint, Deque<Duration>> seen = new LinkedHashMap<>(16, 0.75f, true);

  /// What is in the middle of them, and of how many.
  public record Median(Duration time, int answers) {}

  synchronized void add(Endpoint place, Duration time) {
    var times = seen.computeIfAbsent(place, _ -> new ArrayDeque<>());
    times.addLast(time);
    if (times.size() > NEWEST) {
      times.removeFirst();
    }
    if (seen.size() > MOST_PLACES) {
      seen.remove(seen.keySet().iterator().next());
    }
  }

  public synchronized boolean none() {
    return seen.isEmpty();
  }

  /// Empty where nobody has answered yet.
  public synchronized Optional<Median> at(Endpoint place) {
    return Optional.ofNullable(seen.get(place))
        .map(times ->
            new Median(
                times.stream().sorted().skip((times.size() - 1) / 2).findFirst().orElseThrow(),
                times.size()));
  }
}
