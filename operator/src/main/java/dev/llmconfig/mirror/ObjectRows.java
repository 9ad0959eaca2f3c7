package dev.llmconfig.mirror;

import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.catalogue.Catalogue;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Optional;

/// The rows of objects that are in no cluster, made by the same rules.
public final class ObjectRows {

  private final Catalogue catalogue;

  public ObjectRows(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /// Of a key.
  ///
  /// @param managed what holds the key in use
  /// @param facts what was found out about it
  public List<RowChange> of(ApiKeyConfig key, Optional<Secret> managed, Optional<ConfigMap> facts) {
    var row = Projection.key(key, managed, facts);
    return List.of(new RowChange.KeyIs(row), Projection.models(key, row, facts, catalogue));
  }

  public List<RowChange> of(ModelConfig config) {
    return List.of(new RowChange.ModelConfigIs(Projection.modelConfig(config)));
  }
}
