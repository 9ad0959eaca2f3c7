package dev.llmconfig.catalogue;

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

  record Empty(String reason, String sentence) implements ModelList {}

  static ModelList of(
      Catalogue catalogue,
      Provider provider,
      ListReading reading,
      List<DeclaredModel> declared,
      AllowList allow) {
    var listed = listed(provider, reading);
    var models = new TreeMap<String, ModelFacts>();
    for (var model : listed.values()) {
      models.put(
          model.id(), catalogue.describe(provider, DeclaredModel.of(model.id()), model.facts()));
    }
    for (var model : declared) {
      var live = listed.get(model.id());
      models.put(
          model.id(),
          catalogue.describe(provider, model, live == null ? Facts.none() : live.facts()));
    }
    if (models.isEmpty()) {
      return empty(provider, reading);
    }
    models.keySet().removeIf(id -> !allow.allows(id));
    return models.isEmpty()
        ? new Empty("HiddenByAllowList", "No model fits the patterns of models.allow.")
        : new Offered(List.copyOf(models.values()));
  }

  private static SortedMap<String, ListedModel> listed(Provider provider, ListReading reading) {
    var byId = new TreeMap<String, ListedModel>();
    // Azure lists the models that it sells, and a request names a deployment.
    if (provider != Provider.AzureOpenAI) {
      var models =
          switch (reading) {
            case ListReading.Listed(var now) -> now;
            case ListReading.Failed(_, _, var last) -> last;
            case ListReading.NoEndpoint(), ListReading.Disabled() -> List.<ListedModel>of();
          };
      models.forEach(model -> byId.put(model.id(), model));
    }
    return byId;
  }

  private static Empty empty(Provider provider, ListReading reading) {
    return switch (reading) {
      case ListReading.Listed(var models)
          when provider == Provider.AzureOpenAI && !models.isEmpty() ->
          noEndpoint(provider);
      case ListReading.Listed _ ->
          new Empty("ListEmpty", provider + " lists no model for this key.");
      case ListReading.NoEndpoint() -> noEndpoint(provider);
      case ListReading.Disabled() ->
          new Empty(
              "DiscoveryDisabled", "Discovery is off; declare the models in models.additional.");
      case ListReading.Failed(var reason, var sentence, _) -> new Empty(reason, sentence);
    };
  }

  private static Empty noEndpoint(Provider provider) {
    return new Empty(
        "NoListEndpoint",
        provider + " lists no models to choose from; declare them in models.additional.");
  }
}
