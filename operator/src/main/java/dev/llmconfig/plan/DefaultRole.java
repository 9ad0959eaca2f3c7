package dev.llmconfig.plan;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.domain.DefaultClaim;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/// Whether a ModelConfig has the agents that follow the default of its namespace.
public sealed interface DefaultRole {

  /// How long two may claim it before it is said: a switch is two writes.
  Duration SWITCHES_WITHIN = Duration.ofSeconds(5);

  /// It does not want them.
  record Unclaimed() implements DefaultRole {}

  /// It has them.
  record Held() implements DefaultRole {}

  /// Another one has them; perhaps only until the second write of a switch.
  ///
  /// @param until when it is said
  record Contested(String holder, Instant until) implements DefaultRole {}

  /// Another one has them. Only the role is refused: agents that name this one are served.
  record Refused(String holder) implements DefaultRole {
    String sentence() {
      return "ModelConfig %s is the default of this namespace already: set isDefault to false on one of the two. Agents that name this one are served."
          .formatted(holder);
    }
  }

  static DefaultRole of(ModelObserved seen) {
    if (!seen.declared().isDefault() || seen.declared().deleting()) {
      return new Unclaimed();
    }
    var own = new DefaultClaim(seen.declared().ref().name(), seen.declared().created());
    return seen.otherDefaults().stream()
        .min(Comparator.naturalOrder())
        .filter(other -> other.compareTo(own) < 0)
        .map(holder -> lost(seen, holder.name()))
        .orElseGet(Held::new);
  }

  private static DefaultRole lost(ModelObserved seen, String holder) {
    var until = seen.contestedSince().orElse(seen.now()).plus(SWITCHES_WITHIN);
    var said =
        seen.before()
            .condition(ConditionReport.Type.Accepted)
            .filter(one -> one.reason() == ConditionReason.DefaultConflict)
            .isPresent();
    return said || !until.isAfter(seen.now()) ? new Refused(holder) : new Contested(holder, until);
  }

  /// When time alone changes it.
  default Optional<Instant> next() {
    return this instanceof Contested(_, var until) ? Optional.of(until) : Optional.empty();
  }
}
