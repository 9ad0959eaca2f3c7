package dev.llmconfig.verify;

import java.util.HashMap;
import java.util.Map;

/// The lanes of all endpoints; one that has been empty for a while is gone. Owned by the verifier's
/// lock, which it takes itself only when an alarm rings.
final class Lanes {

  private final Pace pace;
  private final Alarms alarms;
  private final Object lock;
  private final Map<String, Lane> lanes = new HashMap<>();

  Lanes(Pace pace, Alarms alarms, Object lock) {
    this.pace = pace;
    this.alarms = alarms;
    this.lock = lock;
  }

  Lane to(Subject subject) {
    return lanes.computeIfAbsent(
        subject.origin(), origin -> new Lane(pace, alarms, () -> rung(origin)));
  }

  /// A turn has ended.
  void done(Subject subject) {
    Lane lane = lanes.get(subject.origin());
    if (lane != null) {
      lane.done();
    }
  }

  void close() {
    lanes.values().forEach(Lane::close);
    lanes.clear();
  }

  private void rung(String origin) {
    synchronized (lock) {
      Lane lane = lanes.get(origin);
      if (lane != null) {
        lane.rung();
        if (lane.idle()) {
          lanes.remove(origin);
        }
      }
    }
  }
}
