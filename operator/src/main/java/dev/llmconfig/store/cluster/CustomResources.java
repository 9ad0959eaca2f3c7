package dev.llmconfig.store.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.access.Access;
import dev.llmconfig.access.Caller;
import dev.llmconfig.access.CallerClients;
import dev.llmconfig.api.Annotations;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.store.Choice;
import dev.llmconfig.store.ConfigStore;
import dev.llmconfig.store.Encryption;
import dev.llmconfig.store.KeyChange;
import dev.llmconfig.store.KeyDraft;
import dev.llmconfig.store.KeyMaterial;
import dev.llmconfig.store.Manner;
import dev.llmconfig.store.ModelDraft;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.Replacement;
import dev.llmconfig.store.RolloutRequest;
import dev.llmconfig.store.Version;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// Saves into the cluster. Each call sends the caller's own credentials and no others.
public final class CustomResources implements ConfigStore {

  private final Calls calls;
  private final Encryption encryption;
  private final InstantSource clock;

  public CustomResources(
      CallerClients clients, Access access, Encryption encryption, InstantSource clock) {
    this(new ClusterCalls(clients, access), encryption, clock);
  }

  /// Or into whatever else answers like one.
  CustomResources(Calls calls, Encryption encryption, InstantSource clock) {
    this.calls = calls;
    this.encryption = encryption;
    this.clock = clock;
  }

  /// What one call works with.
  private record Desk(Requests requests, Editing editing, Making making, KeyPlan keys) {}

  @Override
  public Outcome createKey(Caller who, KeyDraft draft, KeyMaterial material, Manner manner) {
    var provider = draft.spec().path("provider").asText();
    var title = draft.spec().path("displayName").asText();
    return called(
        who,
        manner,
        desk ->
            desk.making()
                .make(
                    Kind.ApiKeyConfig,
                    draft.namespace(),
                    draft.name(),
                    Names.of(provider + " " + title, "key"),
                    ref -> desk.keys().made(ref, draft, material)));
  }

  @Override
  public Outcome changeKey(
      Caller who, Ref key, Version seen, KeyChange change, KeyMaterial material, Manner manner) {
    return called(
        who,
        manner,
        desk ->
            desk.editing()
                .edit(
                    Kind.ApiKeyConfig,
                    key,
                    seen,
                    live -> desk.keys().changed(live, change, material)));
  }

  @Override
  public Outcome deleteKey(
      Caller who, Ref key, Version seen, Replacement replacement, Manner manner) {
    return called(
        who,
        manner,
        desk -> new Removing(desk.requests(), desk.editing(), manner).key(key, seen, replacement));
  }

  @Override
  public Outcome requestTest(Caller who, Ref key, Version seen) {
    return requested(who, Kind.ApiKeyConfig, key, seen, Annotations.VERIFY_REQUESTED_AT, mark());
  }

  @Override
  public Outcome createModel(Caller who, ModelDraft draft, Manner manner) {
    return called(
        who,
        manner,
        desk ->
            desk.making()
                .make(
                    Kind.ModelConfig,
                    draft.namespace(),
                    draft.name(),
                    Names.of(draft.spec().path("model").asText(), "model"),
                    ref -> ModelPlan.made(ref, Trees.merged(Trees.object(), draft.spec()))));
  }

  @Override
  public Outcome changeModel(
      Caller who, Ref model, Version seen, ObjectNode change, Manner manner) {
    return called(
        who,
        manner,
        desk ->
            desk.editing()
                .edit(Kind.ModelConfig, model, seen, live -> ModelPlan.changed(live, change)));
  }

  @Override
  public Outcome replaceParameters(
      Caller who, Ref model, Version seen, ObjectNode parameters, Manner manner) {
    return called(
        who,
        manner,
        desk ->
            desk.editing()
                .edit(
                    Kind.ModelConfig, model, seen, live -> ModelPlan.parameters(live, parameters)));
  }

  @Override
  public Outcome deleteModel(Caller who, Ref model, Version seen, Manner manner) {
    return called(
        who,
        manner,
        desk -> new Removing(desk.requests(), desk.editing(), manner).model(model, seen));
  }

  @Override
  public Outcome requestRollout(Caller who, Ref model, Version seen, RolloutRequest request) {
    return switch (request) {
      case RolloutRequest.Approve(var revision) ->
          requested(who, Kind.ModelConfig, model, seen, Annotations.APPROVED_REVISION, revision);
      case RolloutRequest.Retry() ->
          requested(who, Kind.ModelConfig, model, seen, Annotations.RETRY_REQUESTED_AT, mark());
    };
  }

  @Override
  public Outcome select(
      Caller who, Choice choice, Version seen, Optional<ObjectNode> parameters, Manner manner) {
    return called(
        who,
        manner,
        desk ->
            new Selecting(desk.requests(), desk.editing(), desk.making(), manner)
                .select(choice, seen, parameters));
  }

  /// A wish is in nobody's Git, so whose object it is does not matter.
  private Outcome requested(
      Caller who, Kind kind, Ref ref, Version seen, String annotation, String value) {
    return called(
        who,
        Manner.APPLY,
        desk -> {
          var wish = Requests.annotating(Map.of(annotation, value));
          return new Outcome.Requested(
              Editing.wish(desk.requests(), kind, ref, seen, wish).stored(), value);
        });
  }

  /// Compared and nothing else; the time in it is for people.
  private String mark() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS)
        + "-"
        + UUID.randomUUID().toString().substring(0, 8);
  }

  private Outcome called(Caller who, Manner manner, Function<Desk, Outcome> work) {
    return calls.with(
        who,
        requests -> {
          var author = calls.access().who(who).name();
          return work.apply(
              new Desk(
                  requests,
                  new Editing(requests, author, manner),
                  new Making(requests, author, manner),
                  new KeyPlan(
                      encryption,
                      new KeySecrets(requests),
                      right -> calls.access().may(who, right),
                      manner)));
        },
        Function.identity());
  }
}
