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
import java.util.stream.Stream;

/// What is known of the cluster.
interface Caches {

  /// The lists that were not read to their end once, in words; empty when all were.
  List<String> missing();

  /// Whether every change is being heard of now.
  boolean watching();

  Map<String, String> resourceVersions();

  Optional<ApiKeyConfig> key(Ref ref);

  /// The Secret with that name, if it carries our label.
  Optional<Secret> managedSecret(Ref key);

  /// The ConfigMap with what was found out about that key, if it carries our label.
  Optional<ConfigMap> facts(Ref key);

  Optional<ModelConfig> modelConfig(Ref ref);

  /// The workload of that row.
  Optional<HasMetadata> agent(Ref row);

  /// Those with that value in a label of ours: who ask for it, and who have something of it.
  Stream<HasMetadata> agentsOf(Ref modelConfig);

  /// Every workload with a label of ours.
  Stream<HasMetadata> agents();

  Stream<ApiKeyConfig> keys();

  Stream<ModelConfig> modelConfigs();

  /// Of ConfigMaps beside the operator, in the order of their names.
  List<ProfileFile> profiles();

  /// Those of a namespace that want to be its default.
  Stream<ModelConfig> defaults(String namespace);
}
