package dev.llmconfig.mirror;

import dev.llmconfig.api.Provider;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigSpec;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigStatus;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.catalogue.FactsJson;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.provider.Echo;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What can be talked to where nobody has a key yet: the models that need none. Nothing of it is in
/// any row, and nothing of it is left once there is a key.
///
/// @param key as a row would have it
public record BuiltInEcho(KeyRow key, OfferedModels models) {

  public static final String NAME = "echo";

  /// Empty where there is a key of any kind.
  public static Optional<BuiltInEcho> in(MirrorView view, String namespace, Catalogue catalogue) {
    return view.keys().isEmpty() ? Optional.of(of(namespace, catalogue)) : Optional.empty();
  }

  /// The key, if it is called so.
  public boolean is(Ref ref) {
    return key.ref().equals(ref);
  }

  private static BuiltInEcho of(String namespace, Catalogue catalogue) {
    var row = Projection.key(declared(namespace), Optional.empty(), Optional.empty());
    var apiKey = row.key().orElseThrow();
    return new BuiltInEcho(
        row,
        new OfferedModels(
            row.ref(),
            "",
            Optional.empty(),
            0,
            0,
            Echo.MODELS.stream().map(id -> model(id, apiKey, catalogue)).toList()));
  }

  private static OfferedModels.Model model(String id, ApiKey key, Catalogue catalogue) {
    return new OfferedModels.Model(
        id,
        OptionalLong.empty(),
        OptionalLong.empty(),
        FactsJson.of(KnownModel.of(catalogue, key, id, "").facts()).toString());
  }

  private static ApiKeyConfig declared(String namespace) {
    var config = new ApiKeyConfig();
    config.setMetadata(
        new ObjectMetaBuilder().withNamespace(namespace).withName(NAME).withGeneration(1L).build());
    var spec = new ApiKeyConfigSpec();
    spec.setProvider(Provider.Echo);
    config.setSpec(spec);
    var status = new ApiKeyConfigStatus();
    status.setEndpoint(Provider.Echo.defaultEndpoint().orElseThrow());
    status.setObservedGeneration(1L);
    status.setConditions(
        List.of(new ConditionBuilder().withType("Ready").withStatus("True").build()));
    config.setStatus(status);
    return config;
  }
}
