package dev.llmconfig.rest;

import dev.llmconfig.access.Caller;
import dev.llmconfig.access.Right;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.Stored;
import dev.llmconfig.store.Version;
import dev.llmconfig.store.Workloads;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/// Remembers what was looked at and restarted, and says what it was told to say.
final class PlayedWorkloads implements Workloads {

  final List<String> asked = new CopyOnWriteArrayList<>();
  volatile Sight sight = new Sight.Seen("kind: Deployment\n");
  volatile Outcome outcome =
      new Outcome.Requested(
          new Stored(new Ref("agents", "chat"), "u1", 1, "1", "", Wire.object()), "now");

  @Override
  public Sight ours(Caller who, Ref agent) {
    asked.add("ours " + agent);
    return sight;
  }

  @Override
  public Outcome restart(Caller who, Ref agent, Version seen) {
    asked.add("restart %s %s".formatted(agent, seen));
    return outcome;
  }

  @Override
  public Right right(String verb, Ref agent) {
    var dot = agent.name().indexOf('.');
    return new Right(
        verb,
        "apps",
        agent.name().substring(0, dot).toLowerCase(Locale.ROOT) + "s",
        agent.namespace(),
        agent.name().substring(dot + 1));
  }
}
