package dev.llmconfig.rest;

import dev.llmconfig.access.Access;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.MirrorPool;
import dev.llmconfig.mirror.ObjectKind;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.Workloads;

/// What needs the workload of an agent itself, with the caller's own rights to it. A workload that
/// is no agent is none of our business, whatever the caller may do with it.
final class AgentActions {

  private final Workloads workloads;
  private final MirrorPool mirror;
  private final Access access;
  private final Outcomes outcomes;

  AgentActions(Parts parts, AgentReads reads) {
    this.workloads = parts.workloads();
    this.mirror = parts.mirror();
    this.access = parts.access();
    this.outcomes =
        new Outcomes(
            parts.access(),
            new Written(
                parts.mirror(),
                parts.installation().api() + "/agents",
                (view, ref) -> view.agent(ref).map(one -> one.row().version()),
                reads::one,
                stored -> Wire.object()),
            ProblemReason.NotFound,
            Impacts.of(parts, ObjectKind.Agent));
  }

  Answer patch(Asked asked) {
    return switch (workloads.ours(asked.signedIn(), agent(asked))) {
      case Workloads.Sight.Seen(var yaml) -> Answer.yaml(yaml);
      case Workloads.Sight.Missing() -> throw missing();
      case Workloads.Sight.Denied(var right) ->
          throw Refusal.forbidden(access.who(asked.signedIn()).name(), right);
      case Workloads.Sight.Unavailable() ->
          throw Refusal.of(
              ProblemReason.ApiServerUnavailable,
              "The API server does not answer, and only it knows the workload.");
    };
  }

  /// Its pods come one by one, so the answer shows how it is before.
  Answer restart(Asked asked) {
    var outcome = workloads.restart(asked.signedIn(), agent(asked), Wishes.seen(asked));
    if (!(outcome instanceof Outcome.Requested)) {
      return outcomes.answer(asked, 202, outcome);
    }
    return outcomes
        .written()
        .found(asked.ref())
        .map(there -> Answer.of(202, Wire.object(there.body().toString())))
        .orElseThrow(AgentActions::missing);
  }

  private Ref agent(Asked asked) {
    if (mirror.read(view -> view.agent(asked.ref())).isEmpty()) {
      throw missing();
    }
    return asked.ref();
  }

  private static Refusal missing() {
    return Refusal.of(ProblemReason.NotFound, "There is no such agent in this namespace.");
  }
}
