package dev.llmconfig.store;

import dev.llmconfig.domain.Ref;
import java.util.List;

/// What a change would do to agents.
///
/// @param agents by name, no more than can be shown; the name of one is kind and name
/// @param truncated there are more of them
/// @param warnings what would not be sent as it is asked for
public record Effects(
    int restarts,
    int hotSwitches,
    List<OfAgent> agents,
    boolean truncated,
    List<Outcome.Warning> warnings) {

  private static final int MOST = 500;

  public Effects {
    agents = List.copyOf(agents);
    warnings = List.copyOf(warnings);
  }

  /// What becomes of one.
  public record OfAgent(Ref agent, Effect effect) {}

  /// People script against these words.
  public enum Effect {
    /// Its pods are replaced.
    Restart,
    /// It goes on with the new settings as it is, through the gateway.
    HotSwitch,
    /// It gets them with its next pods, whenever those come.
    OnNextRestart,
    /// It gets them when somebody has approved them.
    NeedsApproval,
    None
  }

  static Effects of(List<OfAgent> all, List<Outcome.Warning> warnings) {
    return new Effects(
        count(all, Effect.Restart),
        count(all, Effect.HotSwitch),
        all.subList(0, Math.min(MOST, all.size())),
        all.size() > MOST,
        warnings);
  }

  private static int count(List<OfAgent> all, Effect effect) {
    return (int) all.stream().filter(one -> one.effect() == effect).count();
  }
}
