package dev.llmconfig.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.access.Caller;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.store.Choice;
import dev.llmconfig.store.ConfigStore;
import dev.llmconfig.store.KeyChange;
import dev.llmconfig.store.KeyDraft;
import dev.llmconfig.store.KeyMaterial;
import dev.llmconfig.store.Manner;
import dev.llmconfig.store.ModelDraft;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.Replacement;
import dev.llmconfig.store.RolloutRequest;
import dev.llmconfig.store.Version;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Remembers what it was asked for, and says what it was told to say.
final class PlayedStore implements ConfigStore {

  final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile Outcome next = new Outcome.Missing();
  private volatile Runnable meanwhile = () -> {};

  void says(Outcome outcome) {
    says(outcome, () -> {});
  }

  /// @param doing what happens before the answer
  void says(Outcome outcome, Runnable doing) {
    next = outcome;
    meanwhile = doing;
  }

  private Outcome heard(Object... what) {
    asked.add(Stream.of(what).map(String::valueOf).collect(Collectors.joining(" ")));
    meanwhile.run();
    return next;
  }

  @Override
  public Outcome createKey(Caller who, KeyDraft draft, KeyMaterial material, Manner manner) {
    return heard("createKey", draft, length(material), manner);
  }

  @Override
  public Outcome changeKey(
      Caller who, Ref key, Version seen, KeyChange change, KeyMaterial material, Manner manner) {
    return heard("changeKey", key, seen, change, length(material), manner);
  }

  @Override
  public Outcome deleteKey(
      Caller who, Ref key, Version seen, Replacement replacement, Manner manner) {
    return heard("deleteKey", key, seen, replacement, manner);
  }

  @Override
  public Outcome requestTest(Caller who, Ref key, Version seen) {
    return heard("requestTest", key, seen);
  }

  @Override
  public Outcome keepKey(Caller who, Ref key, Version seen) {
    return heard("keepKey", key, seen);
  }

  @Override
  public Outcome createModel(Caller who, ModelDraft draft, Manner manner) {
    return heard("createModel", draft, manner);
  }

  @Override
  public Outcome changeModel(
      Caller who, Ref model, Version seen, ObjectNode change, Manner manner) {
    return heard("changeModel", model, seen, change, manner);
  }

  @Override
  public Outcome replaceParameters(
      Caller who, Ref model, Version seen, ObjectNode parameters, Manner manner) {
    return heard("replaceParameters", model, seen, parameters, manner);
  }

  @Override
  public Outcome deleteModel(Caller who, Ref model, Version seen, Manner manner) {
    return heard("deleteModel", model, seen, manner);
  }

  @Override
  public Outcome requestRollout(Caller who, Ref model, Version seen, RolloutRequest request) {
    return heard("requestRollout", model, seen, request);
  }

  @Override
  public Outcome select(
      Caller who, Choice choice, Version seen, Optional<ObjectNode> parameters, Manner manner) {
    return heard("select", choice, seen, parameters, manner);
  }

  private static String length(KeyMaterial material) {
    return switch (material) {
      case KeyMaterial.Given(var key, _) -> "a key of " + key.length();
      case KeyMaterial.Absent() -> "no key";
      case KeyMaterial.Refused(var flaw) -> flaw.reason().name();
    };
  }
}
