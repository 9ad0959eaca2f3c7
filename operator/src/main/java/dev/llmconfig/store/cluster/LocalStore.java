package dev.llmconfig.store.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.access.Access;
import dev.llmconfig.access.Caller;
import dev.llmconfig.access.OwnMachine;
import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.FieldManagers;
import dev.llmconfig.api.Provider;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.BuiltInEcho;
import dev.llmconfig.store.Choice;
import dev.llmconfig.store.ConfigStore;
import dev.llmconfig.store.Drafts;
import dev.llmconfig.store.Encryption;
import dev.llmconfig.store.Flaw;
import dev.llmconfig.store.Holding;
import dev.llmconfig.store.Imports;
import dev.llmconfig.store.KeyChange;
import dev.llmconfig.store.KeyDraft;
import dev.llmconfig.store.KeyMaterial;
import dev.llmconfig.store.Looked;
import dev.llmconfig.store.Manner;
import dev.llmconfig.store.ModelDraft;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.Replacement;
import dev.llmconfig.store.RolloutRequest;
import dev.llmconfig.store.SecretReads;
import dev.llmconfig.store.Version;
import dev.llmconfig.store.local.EnvironmentKeys;
import dev.llmconfig.store.local.Ledger;
import dev.llmconfig.store.local.LocalObjects;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Saves into the objects of this machine, by the rules of the cluster and in one transaction each
/// time. What makes no sense without a cluster is refused. When the file cannot be written to, the
/// ledger's own exception goes through, and nothing was saved.
public final class LocalStore implements ConfigStore {

  private static final String NAMESPACE = OwnMachine.NAMESPACE;

  private final Calls calls;
  private final LocalObjects objects;
  private final Encryption encryption;
  private final EnvironmentKeys environment;
  private final ConfigStore store;

  /// With what lies beside it.
  public LocalStore(
      LocalObjects objects,
      Access access,
      Encryption encryption,
      EnvironmentKeys environment,
      InstantSource clock) {
    this.objects = objects;
    this.environment = environment;
    this.calls = new LocalCalls(objects, access, clock);
    this.encryption = encryption;
    this.store = new CustomResources(calls, encryption, clock);
  }

  /// Keys that nobody has saved.
  public Drafts drafts() {
    var drafts = new ClusterDrafts(calls, encryption);
    return (who, draft, material) -> {
      var flaws = key(draft.namespace(), draft.spec(), draft.holding());
      return flaws.isEmpty()
          ? drafts.read(who, draft, material)
          : new Drafts.Reading.Not(new Outcome.Invalid(flaws));
    };
  }

  public Imports imports() {
    var imports = new ClusterImports(calls, encryption);
    return (who, wanted, manner) ->
        wanted.stream()
            .filter(one -> one.kind() == Imports.Kind.ApiKeyConfig)
            .flatMap(one ->
                heldElsewhere(one.ref()).stream()
                    .<Imports.Imported>map(
                        why -> new Imports.Imported.Stopped(one.place(), why, List.of())))
            .findFirst()
            .orElseGet(() ->
                objects.change(desk -> {
                  var imported = imports.take(who, wanted, manner);
                  if (imported instanceof Imports.Imported.Taken && !manner.dryRun()) {
                    environment.settle(desk, Optional.empty());
                  }
                  return imported;
                }));
  }

  /// There are none.
  public SecretReads secrets() {
    var none =
        new Outcome.Invalid(
            List.of(
                new Flaw(
                    "namespace",
                    Flaw.Reason.NotInThisMode,
                    "Without a cluster there are no Secrets to choose from; send the key itself in"
                        + " the field key.")));
    return new SecretReads() {
      @Override
      public Looked<List<Listed>> in(Caller who, String namespace) {
        return new Looked.Not<>(none);
      }

      @Override
      public Looked<List<String>> dataKeys(Caller who, Ref secret) {
        return new Looked.Not<>(none);
      }
    };
  }

  @Override
  public Outcome createKey(Caller who, KeyDraft draft, KeyMaterial material, Manner manner) {
    return unless(
        key(draft.namespace(), draft.spec(), draft.holding()),
        () -> settled(who, Optional.empty(), () -> store.createKey(who, draft, material, manner)));
  }

  @Override
  public Outcome changeKey(
      Caller who, Ref key, Version seen, KeyChange change, KeyMaterial material, Manner manner) {
    return unless(
        key(key.namespace(), change.spec(), change.holding()),
        () ->
            heldElsewhere(key)
                .orElseGet(() -> store.changeKey(who, key, seen, change, material, manner)));
  }

  @Override
  public Outcome deleteKey(
      Caller who, Ref key, Version seen, Replacement replacement, Manner manner) {
    return unless(
        place(key.namespace()),
        () ->
            heldElsewhere(key)
                .orElseGet(() ->
                    settled(
                        who,
                        Optional.of(key),
                        () ->
                            foreseen(store.deleteKey(who, key, seen, replacement, manner), key))));
  }

  /// Without a new check: the key is the same, and so is its name.
  @Override
  public Outcome keepKey(Caller who, Ref key, Version seen) {
    return unless(
        place(key.namespace()),
        () ->
            calls.with(
                who,
                requests -> {
                  var live = Editing.seen(requests.get(Kind.ApiKeyConfig, key), seen);
                  if (!EnvironmentKeys.isOne(live.tree())) {
                    return new Outcome.Done(live.stored(), List.of());
                  }
                  var change = Trees.object();
                  change
                      .putObject("metadata")
                      .putObject("annotations")
                      .putNull(Annotations.ENVIRONMENT);
                  change
                      .putObject("spec")
                      .put("displayName", live.spec().path("provider").asText() + " (imported)");
                  return new Outcome.Done(
                      requests
                          .merge(Kind.ApiKeyConfig, key, change, FieldManagers.PLAYGROUND)
                          .stored(),
                      List.of());
                },
                otherwise -> otherwise));
  }

  /// It is where its file says, which nobody here writes.
  private Optional<Outcome> heldElsewhere(Ref key) {
    return objects
        .look(shelf -> shelf.tree(Ledger.Kind.ApiKeyConfig, key))
        .map(EnvironmentKeys::place)
        .filter(place -> !place.isEmpty())
        .map(Outcome.KeyHeldElsewhere::new);
  }

  /// With what lies beside the store put in order in the same transaction.
  ///
  /// @param going a key that it may take away
  private Outcome settled(Caller who, Optional<Ref> going, Supplier<Outcome> work) {
    return calls.with(
        who,
        _ ->
            objects.change(desk -> {
              var gone = going.flatMap(key -> desk.tree(Ledger.Kind.ApiKeyConfig, key));
              var outcome = work.get();
              if (LocalCalls.stays(outcome)) {
                environment.settle(desk, gone);
              }
              return outcome;
            }),
        otherwise -> otherwise);
  }

  private Outcome foreseen(Outcome outcome, Ref key) {
    var after = objects.look(shelf -> environment.after(shelf, key));
    if (!(outcome instanceof Outcome.Previewed(var preview, var warnings)) || after.isEmpty()) {
      return outcome;
    }
    return new Outcome.Previewed(
        preview,
        Stream.concat(
                warnings.stream(),
                Stream.of(new Outcome.Warning("source", "Environment", after.get())))
            .toList());
  }

  @Override
  public Outcome requestTest(Caller who, Ref key, Version seen) {
    return unless(place(key.namespace()), () -> store.requestTest(who, key, seen));
  }

  @Override
  public Outcome createModel(Caller who, ModelDraft draft, Manner manner) {
    return unless(place(draft.namespace()), () -> store.createModel(who, draft, manner));
  }

  @Override
  public Outcome changeModel(
      Caller who, Ref model, Version seen, ObjectNode change, Manner manner) {
    return unless(
        place(model.namespace()), () -> store.changeModel(who, model, seen, change, manner));
  }

  @Override
  public Outcome replaceParameters(
      Caller who, Ref model, Version seen, ObjectNode parameters, Manner manner) {
    return unless(
        place(model.namespace()),
        () -> store.replaceParameters(who, model, seen, parameters, manner));
  }

  @Override
  public Outcome deleteModel(Caller who, Ref model, Version seen, Manner manner) {
    return unless(place(model.namespace()), () -> store.deleteModel(who, model, seen, manner));
  }

  @Override
  public Outcome requestRollout(Caller who, Ref model, Version seen, RolloutRequest request) {
    return new Outcome.Invalid(
        List.of(
            new Flaw(
                "action",
                Flaw.Reason.NotInThisMode,
                "Without a cluster nothing is rolled out; what is saved is in force as soon as it"
                    + " has been checked.")));
  }

  @Override
  public Outcome select(
      Caller who, Choice choice, Version seen, Optional<ObjectNode> parameters, Manner manner) {
    return unless(
        place(choice.namespace()),
        () ->
            calls.with(
                who,
                _ -> {
                  builtIn(who, choice, manner);
                  return store.select(who, choice, seen, parameters, manner);
                },
                otherwise -> otherwise));
  }

  /// Of what an empty store offers nothing is there before somebody chooses it.
  private void builtIn(Caller who, Choice choice, Manner manner) {
    if (choice instanceof Choice.Offered(var key, _)
        && key.name().equals(BuiltInEcho.NAME)
        && !manner.dryRun()
        && objects.look(shelf -> shelf.refs(Ledger.Kind.ApiKeyConfig)).isEmpty()) {
      store.createKey(
          who,
          new KeyDraft(
              key.namespace(),
              Optional.of(key.name()),
              Trees.object().put("provider", Provider.Echo.name()),
              Optional.empty(),
              false),
          new KeyMaterial.Absent(),
          manner);
    }
  }

  private static Outcome unless(List<Flaw> flaws, Supplier<Outcome> work) {
    return flaws.isEmpty() ? work.get() : new Outcome.Invalid(flaws);
  }

  private static List<Flaw> place(String namespace) {
    return namespace.equals(NAMESPACE)
        ? List.of()
        : List.of(
            Flaw.invalid(
                "namespace",
                "Without a cluster there is one namespace; use %s.".formatted(NAMESPACE)));
  }

  private static List<Flaw> key(String namespace, ObjectNode spec, Optional<Holding> holding) {
    var flaws = new ArrayList<>(place(namespace));
    LocalRules.ELSEWHERE.forEach((field, sentence) -> {
      if (spec.hasNonNull(field)) {
        flaws.add(new Flaw("spec." + field, Flaw.Reason.NotInThisMode, sentence));
      }
    });
    if (holding.filter(Holding.Secret::equals).isPresent()) {
      flaws.add(
          new Flaw(
              "store",
              Flaw.Reason.NotInThisMode,
              "Without a cluster there is no Secret; leave store out, and the key is kept encrypted."));
    }
    return flaws;
  }
}
