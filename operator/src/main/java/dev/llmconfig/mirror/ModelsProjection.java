package dev.llmconfig.mirror;

import static dev.llmconfig.mirror.Projection.annotation;

import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.EmptyListReason;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.catalogue.AllowList;
import dev.llmconfig.catalogue.Attribute;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.catalogue.DeclaredModel;
import dev.llmconfig.catalogue.FactsJson;
import dev.llmconfig.catalogue.KeptList;
import dev.llmconfig.catalogue.ListReading;
import dev.llmconfig.catalogue.ModelFacts;
import dev.llmconfig.catalogue.ModelList;
import dev.llmconfig.catalogue.OfferedIds;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Validated;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What there is to choose from: the list as it is kept in the cluster, what is declared, the
/// patterns, and what the catalogue knows of each. Nobody is asked for it.
record ModelsProjection(
    ApiKeyConfig config, KeyRow row, Optional<ConfigMap> facts, Catalogue catalogue) {

  RowChange.ModelsAre change() {
    return new RowChange.ModelsAre(row.ref(), stamp(), this::list);
  }

  private String stamp() {
    return String.join(
        " ",
        row.version().uid(),
        Long.toString(row.version().generation()),
        row.factsVersion(),
        row.accepted().endpoint());
  }

  /// A spec that cannot be read offers nothing; CRDs of this version let none through.
  private OfferedModels list() {
    return switch (Parsing.apiKey(config)) {
      case Validated.Valid<ApiKey>(var key) -> list(key);
      case Validated.Invalid<ApiKey> _ -> list(Optional.empty(), 0, List.of());
    };
  }

  private OfferedModels list(ApiKey key) {
    var kept = kept();
    var reading = reading(key, kept);
    var declared = key.models().additional().stream().map(DeclaredModel::of).toList();
    var allow = new AllowList(key.models().allow());
    var ids = declared.stream().map(DeclaredModel::id).toList();
    return list(
        kept,
        OfferedIds.of(key.provider(), reading, ids, allow).hidden(),
        switch (ModelList.of(catalogue, key.provider(), reading, declared, allow)) {
          case ModelList.Offered(var models) -> models;
          case ModelList.Empty _ -> List.of();
        });
  }

  private OfferedModels list(Optional<KeptList> kept, int hidden, List<ModelFacts> models) {
    return new OfferedModels(
        row.ref(),
        stamp(),
        kept.flatMap(_ -> facts).flatMap(ModelsProjection::askedAt),
        hidden,
        kept.orElse(null) instanceof KeptList.Listed(_, var leftOut) ? leftOut : 0,
        models.stream().map(ModelsProjection::model).toList());
  }

  /// Only what is a time, because anybody may have written it.
  private static Optional<String> askedAt(ConfigMap facts) {
    try {
      return Optional.of(Instant.parse(annotation(facts, Annotations.ASKED_AT)).toString());
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  /// The list of another place is no list of this one.
  private Optional<KeptList> kept() {
    return facts
        .filter(found -> annotation(found, Annotations.ENDPOINT).equals(row.accepted().endpoint()))
        .map(ConfigMap::getData)
        .map(data -> data.get(ManagedNames.MODELS))
        .flatMap(KeptList::parse);
  }

  private static ListReading reading(ApiKey key, Optional<KeptList> kept) {
    return key.models().discovered() && kept.isPresent()
        ? kept.get()
            .reading(
                new VerdictReason.Names(
                    key.provider().name(),
                    key.endpoint().shown(),
                    Optional.empty(),
                    Optional.empty()))
        : new ListReading.Nothing(EmptyListReason.DiscoveryDisabled);
  }

  private static OfferedModels.Model model(ModelFacts model) {
    return new OfferedModels.Model(
        model.id(),
        number(model, Attribute.CONTEXT_TOKENS),
        number(model, Attribute.MAX_OUTPUT_TOKENS),
        FactsJson.of(model.facts()).toString());
  }

  private static OptionalLong number(ModelFacts model, Attribute<Long> attribute) {
    return model.facts().value(attribute).map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }
}
