package dev.llmconfig.store.cluster;

import dev.llmconfig.access.Caller;
import dev.llmconfig.access.Right;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.store.Flaw;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.Version;
import dev.llmconfig.store.Workloads;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Without a cluster none runs; of some there are files.
public final class LocalWorkloads implements Workloads {

  private final Function<Ref, Optional<String>> planned;

  /// @param planned what one would be given, as YAML; empty for what is no agent
  public LocalWorkloads(Function<Ref, Optional<String>> planned) {
    this.planned = planned;
  }

  @Override
  public Sight ours(Caller who, Ref agent) {
    return planned.apply(agent).<Sight>map(Sight.Seen::new).orElseGet(Sight.Missing::new);
  }

  @Override
  public Outcome restart(Caller who, Ref agent, Version seen) {
    return new Outcome.Invalid(
        List.of(
            new Flaw(
                "id",
                Flaw.Reason.NotInThisMode,
                "Without a cluster there is nothing to restart.")));
  }

  @Override
  public Right right(String verb, Ref agent) {
    return Kind.Deployment.right(verb, agent);
  }
}
