package dev.llmconfig.catalogue;

import dev.llmconfig.api.Provider;
import java.util.List;
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
    var listed = reading.models();
    var byId = new TreeMap<String, DeclaredModel>();
    declared.forEach(model -> byId.put(model.id(), model));
    return switch (OfferedIds.of(provider, reading, byId.keySet(), allow)) {
      case OfferedIds.None(var reason, var sentence, _) -> new Empty(reason, sentence);
      case OfferedIds.Some(var ids, _) ->
          new Offered(
              ids.stream()
                  .map(id ->
                      catalogue.describe(
                          provider,
                          byId.getOrDefault(id, DeclaredModel.of(id)),
                          listed.getOrDefault(id, Facts.none())))
                  .toList());
    };
  }
}
