package dev.llmconfig.store.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.access.Access;
import dev.llmconfig.access.Caller;
import dev.llmconfig.access.OwnMachine;
import dev.llmconfig.domain.Ref;
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
import dev.llmconfig.store.local.LocalObjects;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Saves into the objects of this machine, by the rules of the cluster and in one transaction each
/// time. What makes no sense without a cluster is refused. When the file cannot be written to, the
/// ledger's own exception goes through, and nothing was saved.
public final class LocalStore implements ConfigStore {

  private static final String NAMESPACE = OwnMachine.NAMESPACE;

  private final Calls calls;
  private final Encryption encryption;
  private final ConfigStore store;

  public LocalStore(
      LocalObjects objects, Access access, Encryption encryption, InstantSource clock) {
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
    return new ClusterImports(calls, encryption);
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
        () -> store.createKey(who, draft, material, manner));
  }

  @Override
  public Outcome changeKey(
      Caller who, Ref key, Version seen, KeyChange change, KeyMaterial material, Manner manner) {
    return unless(
        key(key.namespace(), change.spec(), change.holding()),
        () -> store.changeKey(who, key, seen, change, material, manner));
  }

  @Override
  public Outcome deleteKey(
      Caller who, Ref key, Version seen, Replacement replacement, Manner manner) {
    return unless(
        place(key.namespace()), () -> store.deleteKey(who, key, seen, replacement, manner));
  }

  @Override
  public Outcome requestTest(Caller who, Ref key) {
    return unless(place(key.namespace()), () -> store.requestTest(who, key));
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
  public Outcome requestRollout(Caller who, Ref model, RolloutRequest request) {
    return new Outcome.Invalid(
        List.of(
            new Flaw(
                "action",
                Flaw.Reason.NotInThisMode,
                "Without a cluster nothing is rolled out; what is saved is in force as soon as it"
                    + " has been checked.")));
  }

  @Override
  public Outcome select(Caller who, Choice choice, Optional<ObjectNode> parameters, Manner manner) {
    return unless(place(choice.namespace()), () -> store.select(who, choice, parameters, manner));
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
