package dev.llmconfig.guest;

import dev.llmconfig.guest.Obstacle.Reason;
import java.util.List;

/// What is done with one thing.
sealed interface Move {

  record Keep() implements Move {}

  record Write() implements Move {}

  /// Written where it differs, and noted as ours again.
  record TakeBack() implements Move {}

  record Delete() implements Move {}

  /// Somebody else's, and nothing to complain of.
  record Leave() implements Move {}

  /// It should have been written.
  record Yield(Reason reason, List<Claim> to) implements Move {}

  /// For what shall be there.
  ///
  /// @param changing what the workload gets is another than it has
  static Move towards(Standing standing, Likeness likeness, boolean changing) {
    boolean same = likeness == Likeness.Same;
    return switch (standing) {
      case Standing.Free _ -> new Write();
      case Standing.Ours _ when same -> new Keep();
      case Standing.Ours _ when changing || likeness == Likeness.Hollow -> new Write();
      // What differs although it is ours and was delivered was made so by a webhook, which would
      // do so for ever.
      case Standing.Ours _ -> new Keep();
      case Standing.Shared _ when same -> new Keep();
      case Standing.Shared(var with) -> new Yield(Reason.Owned, with);
      case Standing.Owned _ when same -> new Leave();
      case Standing.Owned(var by) -> new Yield(Reason.Owned, by);
      case Standing.Changed _ when same -> new Keep();
      case Standing.Changed _ when changing -> new Write();
      case Standing.Changed(var by) -> new Yield(Reason.ChangedByHand, by);
      case Standing.Restored _ when changing -> new TakeBack();
      case Standing.Restored _ when same -> new Keep();
      case Standing.Restored(var by) -> new Yield(Reason.ChangedByHand, by);
      case Standing.Unclaimed _ when same -> new Keep();
      case Standing.Unclaimed _ -> new Yield(Reason.Unclaimed, List.of());
    };
  }

  /// For what shall not be there.
  ///
  /// @param known a delivery of ours may have put it there
  static Move away(Standing standing, boolean known) {
    return switch (standing) {
      case Standing.Ours _ -> new Delete();
      case Standing.Restored _ when known -> new Delete();
      case Standing.Free _,
          Standing.Restored _,
          Standing.Shared _,
          Standing.Owned _,
          Standing.Changed _,
          Standing.Unclaimed _ ->
          new Leave();
    };
  }
}
