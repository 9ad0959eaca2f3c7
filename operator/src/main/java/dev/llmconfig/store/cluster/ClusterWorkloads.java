package dev.llmconfig.store.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.access.Caller;
import dev.llmconfig.access.CallerClients;
import dev.llmconfig.access.ReviewUnavailable;
import dev.llmconfig.access.Right;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.store.Flaw;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.Stored;
import dev.llmconfig.store.Version;
import dev.llmconfig.store.Workloads;
import dev.llmconfig.store.YamlText;
import dev.llmconfig.store.cluster.ApiRefusal.Why;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Workloads in the cluster. Each call sends the caller's own credentials and no others.
public final class ClusterWorkloads implements Workloads {

  /// What kubectl sets, and what every controller has learned to leave alone.
  private static final String RESTARTED = "kubectl.kubernetes.io/restartedAt";

  private final CallerClients clients;
  private final InstantSource clock;

  public ClusterWorkloads(CallerClients clients, InstantSource clock) {
    this.clients = clients;
    this.clock = clock;
  }

  @Override
  public Right right(String verb, Ref agent) {
    return kind(agent).right(verb, named(agent));
  }

  @Override
  public Sight ours(Caller who, Ref agent) {
    try {
      return clients.call(
          who,
          line -> new Sight.Seen(yaml(new ClusterRequests(line).get(kind(agent), named(agent)))));
    } catch (ApiRefusal refused) {
      return switch (refused.why()) {
        case Why.Missing() -> new Sight.Missing();
        case Why.Forbidden(var right) -> new Sight.Denied(right);
        case Why.Fields _,
            Why.Modified _,
            Why.Replaced _,
            Why.AlreadyThere _,
            Why.Invalid _,
            Why.NoAnswer _,
            Why.Away _ ->
            new Sight.Unavailable();
      };
    } catch (ReviewUnavailable _) {
      return new Sight.Unavailable();
    }
  }

  @Override
  public Outcome restart(Caller who, Ref agent, Version seen) {
    var kind = kind(agent);
    if (kind == Kind.CronJob) {
      return new Outcome.Invalid(
          List.of(
              Flaw.invalid(
                  "id", "A CronJob has no pods to replace; its next Job gets what is delivered.")));
    }
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    try {
      return clients.call(
          who,
          line -> {
            var requests = new ClusterRequests(line);
            return new Outcome.Requested(
                Editing.wish(requests, kind, named(agent), seen, restarted(now)).stored(), now);
          });
    } catch (Ended ended) {
      return ended.outcome() instanceof Outcome.Conflict(var current)
          ? new Outcome.Conflict(asAgent(agent, current))
          : ended.outcome();
    } catch (ApiRefusal refused) {
      return Calls.outcome(refused.why());
    } catch (ReviewUnavailable _) {
      return new Outcome.Unavailable("no review");
    }
  }

  /// By the name under which it was asked for.
  private static Stored asAgent(Ref agent, Stored now) {
    return new Stored(
        agent, now.uid(), now.generation(), now.version(), now.createdAt(), now.spec());
  }

  private static ObjectNode restarted(String now) {
    var change = Trees.object();
    change
        .putObject("spec")
        .putObject("template")
        .putObject("metadata")
        .putObject("annotations")
        .put(RESTARTED, now);
    return change;
  }

  /// As it was applied: what the operator has, by the records of the API server.
  private static String yaml(Live live) {
    var object = Trees.object();
    object.put("apiVersion", live.kind().apiVersion()).put("kind", live.kind().name());
    object
        .putObject("metadata")
        .put("name", live.ref().name())
        .put("namespace", live.ref().namespace());
    var own = new OwnFields(live).delivered();
    if (own.path("metadata") instanceof ObjectNode meta) {
      object.withObjectProperty("metadata").setAll(meta);
    }
    if (own.path("spec") instanceof ObjectNode spec) {
      object.set("spec", spec);
    }
    return YamlText.of(object);
  }

  private static Kind kind(Ref agent) {
    return Kind.valueOf(agent.name().substring(0, agent.name().indexOf('.')));
  }

  private static Ref named(Ref agent) {
    return new Ref(agent.namespace(), agent.name().substring(agent.name().indexOf('.') + 1));
  }
}
