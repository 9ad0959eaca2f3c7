package dev.llmconfig.store.cluster;

import dev.llmconfig.access.Caller;
import dev.llmconfig.access.Right;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.store.Flaw;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.Workloads;
import java.util.List;

/// Without a cluster there are none.
public final class LocalWorkloads implements Workloads {

  @Override
  public Sight ours(Caller who, Ref agent) {
    return new Sight.Missing();
  }

  @Override
  public Outcome restart(Caller who, Ref agent) {
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
