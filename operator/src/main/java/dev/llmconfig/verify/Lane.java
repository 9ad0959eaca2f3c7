package dev.llmconfig.verify;

import dev.llmconfig.verify.Alarms.Alarm;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The queue in front of one endpoint: so many at once, so long between two. Nobody in it waits for
/// another endpoint (traps P6). Owned by the verifier's lock.
final class Lane {

  /// What waits for its turn.
  interface Turn {
    /// Whether it is still wanted when its turn comes.
    boolean wanted();

    /// Starts it; whoever ends it calls `done`.
    void start();

    /// It will never have its turn.
    default void dropped() {}
  }

  private final Pace pace;
  private final Alarms alarms;
  private final Runnable again;
  private final Deque<Turn> waiting = new ArrayDeque<>();
  private int running;
  private @Nullable Instant lastStart;
  private @Nullable Alarm alarm;

  /// @param again calls `proceed` under the lock
  Lane(Pace pace, Alarms alarms, Runnable again) {
    this.pace = pace;
    this.alarms = alarms;
    this.again = again;
  }

  void add(Turn turn) {
    waiting.addLast(turn);
    proceed();
  }

  /// Somebody waits in front of a screen.
  void addFirst(Turn turn) {
    waiting.addFirst(turn);
    proceed();
  }

  /// A lane in which nothing is left rings once more, so that it can be taken away without the next
  /// question coming too soon.
  void done() {
    running--;
    proceed();
    if (running == 0 && waiting.isEmpty() && alarm == null && lastStart != null) {
      alarm = alarms.ring(lastStart.plus(pace.spacing()), again);
    }
  }

  boolean idle() {
    return running == 0 && waiting.isEmpty() && alarm == null;
  }

  /// The alarm has rung.
  void rung() {
    alarm = null;
    proceed();
  }

  void close() {
    waiting.forEach(Turn::dropped);
    waiting.clear();
    if (alarm != null) {
      alarm.off();
    }
  }

  private void proceed() {
    while (alarm == null && running < pace.atOnce() && !waiting.isEmpty()) {
      Instant now = alarms.instant();
      Instant next = lastStart == null ? now : lastStart.plus(pace.spacing());
      if (next.isAfter(now)) {
        alarm = alarms.ring(next, again);
        return;
      }
      Turn turn = waiting.removeFirst();
      if (turn.wanted()) {
        running++;
        lastStart = now;
        turn.start();
      }
    }
  }
}
