package dev.llmconfig.access;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How often something may be done within a minute, by one and by all together.
public final class Tally {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int MOST_KNOWN = 10_000;

  private final int each;
  private final int together;
  private final Ticker ticker;
  private final ArrayDeque<Long> all = new ArrayDeque<>();

  /// By who was seen last; whoever is pushed out begins anew, within what all may do together.
  private final Map<String, ArrayDeque<Long>> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ArrayDeque<Long>> eldest) {
          return size() > MOST_KNOWN;
        }
      };

  public Tally(int each, int together, Ticker ticker) {
    this.each = each;
    this.together = together;
    this.ticker = ticker;
  }

  /// Counts one more, if that is still allowed.
  ///
  /// @return empty when it is, else how long to wait
  public synchronized Optional<Duration> take(String who) {
    var now = ticker.read();
    var mine = known.computeIfAbsent(who, _ -> new ArrayDeque<>());
    var wait = wait(mine, each, now).or(() -> wait(all, together, now));
    if (wait.isEmpty()) {
      mine.add(now);
      all.add(now);
    }
    return wait;
  }

  private static Optional<Duration> wait(ArrayDeque<Long> taken, int most, long now) {
    while (!taken.isEmpty() && now - taken.getFirst() >= MINUTE.toNanos()) {
      taken.removeFirst();
    }
    return taken.size() < most
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(MINUTE.toNanos() - (now - taken.getFirst())));
  }
}
