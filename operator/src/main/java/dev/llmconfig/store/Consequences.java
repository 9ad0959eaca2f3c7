package dev.llmconfig.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.domain.ParameterOutcome;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.impact.Fate;
import dev.llmconfig.impact.Given;
import dev.llmconfig.impact.Id;
import dev.llmconfig.impact.Impact;
import dev.llmconfig.impact.Kinds;
import dev.llmconfig.impact.Preview;
import dev.llmconfig.impact.World;
import dev.llmconfig.mirror.AgentRow;
import dev.llmconfig.mirror.MirrorView;
import dev.llmconfig.mirror.ObjectKind;
import dev.llmconfig.store.Effects.Effect;
import dev.llmconfig.store.Effects.OfAgent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What changes would do to agents, judged by the planners of the operator on rows alone, so that
/// it is the same whether the truth is a cluster or a file. Nobody is asked and nothing is sent.
public final class Consequences {

  private Consequences() {}

  /// Of changes that are made together in one namespace, the one that was asked for last.
  public static Effects of(MirrorView view, String namespace, List<Becoming> changes, Instant now) {
    var mirror = new MirrorWorld(view, namespace);
    var before = mirror.world();
    var after = before;
    for (var change : changes) {
      var id = id(change);
      switch (change) {
        case Becoming.Changed(_, _, var spec, var newKey) -> {
          after = after.with(List.of(mirror.with(id, spec, now.toString())));
          if (newKey) {
            before = before.with(secrets(id.ref(), spec, "before"));
            after = after.with(secrets(id.ref(), spec, "after"));
          }
        }
        case Becoming.Gone(var kind, _) ->
            after =
                kind == ObjectKind.ModelConfig
                    ? after.with(mirror.going(id, now.toString()).stream().toList())
                    : after.without(id);
      }
    }
    var touched = changes.stream().map(Consequences::id).collect(Collectors.toSet());
    return Effects.of(
        Preview.fates(before, after, touched, now).entrySet().stream()
            .map(one -> new OfAgent(agent(one.getKey()), effect(one.getValue())))
            .toList(),
        unhonoured(before, after, changes, now));
  }

  /// Of the config that is changed; others that are changed along with it ask for what they did.
  private static List<Outcome.Warning> unhonoured(
      World before, World after, List<Becoming> changes, Instant now) {
    return changes.reversed().stream()
        .limit(1)
        .filter(one ->
            one instanceof Becoming.Changed changed && changed.kind() == ObjectKind.ModelConfig)
        .flatMap(one -> Preview.unhonoured(before, after, one.ref(), now).stream())
        .map(Consequences::warning)
        .toList();
  }

  private static Outcome.Warning warning(ParameterOutcome outcome) {
    var clamped = outcome.why() == ParameterOutcome.Why.AboveLimit;
    return new Outcome.Warning(
        "parameters." + outcome.name().field(),
        (clamped ? ConditionReason.Clamped : ConditionReason.Dropped).name(),
        outcome.sentence());
  }

  /// All that is wrong with a spec; none where nothing is.
  public static List<Flaw> flaws(Ref model, ObjectNode spec) {
    return DraftRules.flaws(model, spec);
  }

  /// What agents would be given of a ModelConfig with that spec.
  public static Optional<Given> given(MirrorView view, Ref model, ObjectNode spec, Instant now) {
    var mirror = new MirrorWorld(view, model.namespace());
    World after =
        mirror.world().with(List.of(mirror.with(new Id(Kinds.MODEL, model), spec, now.toString())));
    return Preview.given(mirror.world(), after, model, now);
  }

  /// The same place with another key in it. Whether it may be sent to the endpoint has been looked
  /// at before.
  private static List<ObjectNode> secrets(Ref key, ObjectNode spec, String content) {
    var name = spec.at("/secretRef/name").asText();
    if (name.isEmpty()) {
      return List.of(); // the token in the spec is another one
    }
    var secret = JsonNodeFactory.instance.objectNode().put("kind", Kinds.SECRET);
    secret
        .putObject("metadata")
        .put("namespace", key.namespace())
        .put("name", name)
        .putObject("annotations")
        .put(Annotations.ALLOWED_ENDPOINTS, spec.path("endpoint").asText());
    secret.putObject("digests").put(spec.at("/secretRef/key").asText("api-key"), content);
    return List.of(secret);
  }

  private static Id id(Becoming change) {
    return new Id(
        switch (change.kind()) {
          case ApiKeyConfig -> Kinds.API_KEY;
          case ModelConfig -> Kinds.MODEL;
          case Agent -> throw new IllegalArgumentException("agents are nobody's to change here");
        },
        change.ref());
  }

  private static Ref agent(Id id) {
    return AgentRow.ref(id.ref().namespace(), id.kind(), id.ref().name());
  }

  private static Effect effect(Fate fate) {
    return fate.effect()
        .map(effect ->
            switch (fate.when()) {
              case Approval -> Effect.NeedsApproval;
              case DryRun -> Effect.None;
              case Nothing -> now(effect);
            })
        .orElse(Effect.None);
  }

  private static Effect now(Impact.Effect effect) {
    return switch (effect) {
      case Restart -> Effect.Restart;
      case NextJob, NextPod, NextRestart -> Effect.OnNextRestart;
      case NoRestart -> Effect.None;
    };
  }
}
