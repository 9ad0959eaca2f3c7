package dev.llmconfig.reconcile;

import dev.llmconfig.agent.Profiles;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.DefaultClaim;
import dev.llmconfig.domain.KeyState;
import dev.llmconfig.domain.ModelSettings;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.domain.UsableKey;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.plan.Listed;
import dev.llmconfig.plan.ModelAnswer;
import dev.llmconfig.plan.ModelObserved;
import dev.llmconfig.plan.RememberedModel;
import dev.llmconfig.plan.UsedKey;
import dev.llmconfig.provider.Target;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// All that a ModelConfig is judged by.
final class ModelGathering {

  /// What there is besides the ModelConfig itself.
  interface Knowledge {
    Optional<ModelAnswer> heard(Ref model, ModelPlace place);
  }

  /// Who else claims the default of the namespace, and since when.
  record Claims(List<DefaultClaim> others, Optional<Instant> contestedSince) {}

  /// What was seen, and what the provider would be asked, were it to be asked.
  ///
  /// @param key the ApiKeyConfig as it is declared now
  record Gathered(ModelObserved seen, Optional<ApiKey> key, Optional<ModelPlace> place) {}

  private final Catalogue catalogue;
  private final UserObjects objects;
  private final Knowledge knowledge;

  ModelGathering(Catalogue catalogue, UserObjects objects, Knowledge knowledge) {
    this.catalogue = catalogue;
    this.objects = objects;
    this.knowledge = knowledge;
  }

  Gathered gather(
      ModelSettings model,
      Optional<ApiKeyConfig> config,
      Profiles profiles,
      Claims claims,
      ModelLists lists,
      RememberedModel before,
      Instant now) {
    var state = Parsing.keyState(config);
    var declared = config.flatMap(ModelGathering::parsed);
    var place =
        state instanceof KeyState.Usable(var usable, _)
            ? declared.flatMap(key -> place(model, key, usable))
            : Optional.<ModelPlace>empty();
    var listed =
        state instanceof KeyState.Usable(var usable, _)
            ? declared.map(key -> lists.of(model, key, usable))
            : Optional.<Listed>empty();
    return new Gathered(
        new ModelObserved(
            model,
            state,
            catalogue,
            profiles,
            listed.orElse(Listed.UNKNOWN),
            claims.others(),
            claims.contestedSince(),
            before,
            place.flatMap(one -> knowledge.heard(model.ref(), one)),
            false,
            now),
        declared,
        place);
  }

  private static Optional<ApiKey> parsed(ApiKeyConfig config) {
    return Parsing.apiKey(config) instanceof Validated.Valid<ApiKey>(var key)
        ? Optional.of(key)
        : Optional.empty();
  }

  /// The key in use goes where it was accepted, with the headers and certificates of now: those of
  /// a candidate are proven by the key itself before anything here is asked.
  private Optional<ModelPlace> place(ModelSettings model, ApiKey key, UsableKey usable) {
    return Trust.of(key, objects) instanceof Trust.Found(var certificates)
        ? Optional.of(
            new ModelPlace(
                usable.revision().orElse(UsedKey.NO_KEY),
                usable.endpoint(),
                new Target(
                    usable.provider(),
                    usable.endpoint(),
                    key.connection().insecureAllowed(),
                    key.connection().headers(),
                    certificates,
                    usable.apiVersion()),
                Terms.of(key.connection(), certificates),
                model.model(),
                usable.models().additional().stream()
                    .anyMatch(one -> one.id().equals(model.model()))))
        : Optional.empty();
  }
}
