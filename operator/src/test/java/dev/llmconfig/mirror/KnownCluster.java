package dev.llmconfig.mirror;

import dev.llmconfig.agent.ProfileFile;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.domain.Ref;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Caches whose content a test decides.
final class KnownCluster implements Caches {

  final Map<String, ApiKeyConfig> keys = new TreeMap<>();
  final Map<String, Secret> secrets = new TreeMap<>();
  final Map<String, ConfigMap> facts = new TreeMap<>();
  final Map<String, ModelConfig> modelConfigs = new TreeMap<>();
  final Map<String, HasMetadata> agents = new TreeMap<>();
  List<ProfileFile> profiles = List.of();
  List<String> missing = List.of();
  boolean watching = true;

  @Override
  public List<String> missing() {
    return missing;
  }

  @Override
  public boolean watching() {
    return watching;
  }

  @Override
  public Map<String, String> resourceVersions() {
    return Map.of("ApiKeyConfigs of all namespaces", "7");
  }

  @Override
  public List<ProfileFile> profiles() {
    return profiles;
  }

  @Override
  public Optional<ApiKeyConfig> key(Ref ref) {
    return Optional.ofNullable(keys.get(ref.toString()));
  }

  @Override
  public Optional<Secret> managedSecret(Ref key) {
    return Optional.ofNullable(secrets.get(key.toString()));
  }

  @Override
  public Optional<ConfigMap> facts(Ref key) {
    return Optional.ofNullable(facts.get(key.toString()));
  }

  @Override
  public Optional<ModelConfig> modelConfig(Ref ref) {
    return Optional.ofNullable(modelConfigs.get(ref.toString()));
  }

  @Override
  public Optional<HasMetadata> agent(Ref row) {
    return Optional.ofNullable(agents.get(row.toString()));
  }

  @Override
  public Stream<HasMetadata> agentsOf(Ref modelConfig) {
    return agents()
        .filter(one -> one.getMetadata().getNamespace().equals(modelConfig.namespace()))
        .filter(one -> AgentProjection.names(one).contains(modelConfig.name()));
  }

  @Override
  public Stream<HasMetadata> agents() {
    return List.copyOf(agents.values()).stream();
  }

  @Override
  public Stream<ApiKeyConfig> keys() {
    return List.copyOf(keys.values()).stream();
  }

  @Override
  public Stream<ModelConfig> modelConfigs() {
    return List.copyOf(modelConfigs.values()).stream();
  }

  @Override
  public Stream<ModelConfig> defaults(String namespace) {
    return modelConfigs()
        .filter(one -> namespace.equals(one.getMetadata().getNamespace()))
        .filter(Projection::wantsToBeDefault);
  }
}
