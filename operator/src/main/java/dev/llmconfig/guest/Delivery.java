package dev.llmconfig.guest;

import java.util.List;
import java.util.Set;

/// What one workload shall have.
///
/// @param deliveredBy the ModelConfig, for the marker
/// @param revision of the ModelConfig
/// @param rendered the name of what this workload gets
/// @param containers the chosen ones; empty for no choice
/// @param known every name of a variable that a delivery of ours may have set here, in any of its
///   revisions: with a restored template old ones come back, and nothing else tells them from the
///   owner's
/// @param occasion why it is looked at
public record Delivery(
    String deliveredBy,
    String revision,
    String rendered,
    Content content,
    List<String> containers,
    Set<String> known,
    Occasion occasion) {

  public enum Occasion {
    /// Time has passed, or something changed: what a person changed by hand stays until `rendered`
    /// changes.
    Convergence,
    /// A person asks for it: what was changed by hand is written again.
    Request
  }

  public Delivery {
    containers = List.copyOf(containers);
    known = Set.copyOf(known);
  }
}
