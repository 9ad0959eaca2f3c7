package dev.llmconfig.mirror;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.catalogue.DeclaredModel;
import dev.llmconfig.catalogue.Facts;
import dev.llmconfig.catalogue.FactsJson;
import dev.llmconfig.catalogue.ModelFacts;
import dev.llmconfig.domain.ApiKey;
import java.util.Optional;

/// A model of a key as the operator knows it: what is declared of it, what the list says, and what
/// the catalogue knows.
public final class KnownModel {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private KnownModel() {}

  /// Where the list of the key may be missing.
  public static ModelFacts of(
      Catalogue catalogue, ApiKey key, String model, Optional<OfferedModels> offered) {
    return of(
        catalogue,
        key,
        model,
        offered.stream()
            .flatMap(list -> list.models().stream())
            .filter(one -> one.id().equals(model))
            .findFirst()
            .map(OfferedModels.Model::facts)
            .orElse(""));
  }

  /// With its facts in the list of the key; empty for none.
  public static ModelFacts of(Catalogue catalogue, ApiKey key, String model, String listed) {
    DeclaredModel declared =
        key.models().additional().stream()
            .filter(one -> one.id().equals(model))
            .findFirst()
            .map(DeclaredModel::of)
            .orElseGet(() -> DeclaredModel.of(model));
    return catalogue.describe(
        key.provider(), declared, object(listed).map(FactsJson::listed).orElse(Facts.none()));
  }

  private static Optional<ObjectNode> object(String json) {
    try {
      return JSON.readTree(json) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }
}
