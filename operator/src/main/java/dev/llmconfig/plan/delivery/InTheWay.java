package dev.llmconfig.plan.delivery;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.guest.GuestPatch;
import dev.llmconfig.guest.Obstacle;
import dev.llmconfig.plan.rollout.Hindrance;
import java.util.Optional;

/// What somebody else has in a workload where ours should be, in words for its owner.
final class InTheWay {

  private InTheWay() {}

  /// A workload is given all or nothing: a key of one and an address of another would send the one
  /// to the other.
  static Optional<Hindrance> of(GuestPatch patch) {
    return patch.obstacles().stream().findFirst().map(InTheWay::hindrance);
  }

  private static Hindrance hindrance(Obstacle obstacle) {
    var owner =
        obstacle.by().stream()
            .findFirst()
            .map(claim -> claim.manager().name())
            .orElse("nobody on record");
    return new Hindrance(
        obstacle.reason() == Obstacle.Reason.ChangedByHand
            ? ConditionReason.Contested
            : ConditionReason.EnvOwnedByAnotherManager,
        switch (obstacle.reason()) {
          case Owned, Unclaimed ->
              "%s is owned by %s, so nothing is delivered; take it out of there"
                  .formatted(obstacle.path(), owner);
          case ChangedByHand ->
              "%s was changed by hand (%s), and stays until the next change of the settings"
                  .formatted(obstacle.path(), owner);
          case OrderMatters ->
              "%s has a variable twice and a reference between the two, so nothing is delivered; remove one of the two"
                  .formatted(obstacle.path());
          case Mounted ->
              "%s mounts our volume, so that cannot be taken away; remove the mount"
                  .formatted(obstacle.path());
        });
  }
}
