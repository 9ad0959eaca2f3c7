package dev.llmconfig.catalogue;

import dev.llmconfig.api.EmptyListReason;
import dev.llmconfig.api.Provider;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The models that one key offers: what its provider lists and what people declare, as far as it is
/// allowed. An empty list always says why (traps P13).
public sealed interface ModelList {

  record Offered(List<ModelFacts> models) implements ModelList {
    public Offered {
      models = List.copyOf(models);
    }
  }

  /// `reason` is an `EmptyListReason`, or that of the verdict of a reading that failed.
  record Empty(String reason, String sentence) implements ModelList {}

  static ModelList of(
      Catalogue catalogue,
      Provider provider,
      ListReading reading,
      List<DeclaredModel> declared,
      AllowList allow) {
    var listed = listed(reading);
    var models = new TreeMap<String, ModelFacts>();
    listed.forEach(
        (id, facts) -> models.put(id, catalogue.describe(provider, DeclaredModel.of(id), facts)));
    for (var model : declared) {
      var facts = listed.getOrDefault(model.id(), Facts.none());
      models.put(model.id(), catalogue.describe(provider, model, facts));
    }
    if (models.isEmpty()) {
      return empty(provider, reading);
    }
    models.keySet().removeIf(id -> !allow.allows(id));
    return models.isEmpty()
        ? empty(provider, EmptyListReason.HiddenByAllowList)
        : new Offered(List.copyOf(models.values()));
  }

  private static SortedMap<String, Facts> listed(ListReading reading) {
    return switch (reading) {
      case ListReading.Listed(var models) -> models;
      case ListReading.Failed(_, _, var before) -> before;
      case ListReading.Nothing _ -> new TreeMap<>();
    };
  }

  private static Empty empty(Provider provider, ListReading reading) {
    return switch (reading) {
      case ListReading.Listed _ -> empty(provider, EmptyListReason.ListEmpty);
      case ListReading.Nothing(var reason) -> empty(provider, reason);
      case ListReading.Failed(var reason, var sentence, _) -> new Empty(reason.name(), sentence);
    };
  }

  private static Empty empty(Provider provider, EmptyListReason reason) {
    return new Empty(
        reason.name(),
        switch (reason) {
          case ListEmpty -> provider + " lists no model for this key.";
          case NoListEndpoint ->
              provider + " does not list what this key can call; declare it in models.additional.";
          case DiscoveryDisabled -> "Discovery is off; declare the models in models.additional.";
          case HiddenByAllowList -> "No model fits the patterns of models.allow.";
        });
  }
}
