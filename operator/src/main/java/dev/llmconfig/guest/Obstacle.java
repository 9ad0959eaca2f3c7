package dev.llmconfig.guest;

import java.util.List;

/// Something that should have been written and was not.
///
/// @param by who has it; empty where no record says
public record Obstacle(Reason reason, FieldPath path, List<Claim> by) {

  public enum Reason {
    /// Another manager has it, and is not overruled: `EnvOwnedByAnotherManager`.
    Owned,
    /// A person changed it by hand. It is written again with the next change, or on request.
    ChangedByHand,
    /// It is there, and no record says whose it is.
    Unclaimed,
    /// A variable is there twice, and one between the two refers to it: any merge would put the two
    /// side by side and change what the reference means.
    OrderMatters,
    /// Somebody else's mount needs our volume, so that it cannot be removed.
    Mounted
  }

  public Obstacle {
    by = List.copyOf(by);
  }
}
