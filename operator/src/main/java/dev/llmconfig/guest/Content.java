package dev.llmconfig.guest;

import dev.llmconfig.agent.AgentFiles;
import dev.llmconfig.agent.Entry;
import dev.llmconfig.agent.KubernetesEnv;
import dev.llmconfig.agent.KubernetesFiles;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;

/// What each told container gets, besides the two annotations of the template.
public sealed interface Content {

  /// Modes Env and Gateway.
  record Variables(List<EnvVar> entries) implements Content {
    public Variables {
      entries = List.copyOf(entries);
    }
  }

  /// Mode File.
  record Files(Volume volume, VolumeMount mount) implements Content {}

  /// Mode EnvFrom: the owner's manifest names our Secret, so nothing in a container is ours.
  record Referenced() implements Content {}

  static Content variables(List<Entry> entries) {
    return new Variables(KubernetesEnv.of(entries));
  }

  /// Files that this ConfigMap holds.
  static Content files(AgentFiles files, String configMap) {
    return new Files(KubernetesFiles.volume(files, configMap), KubernetesFiles.mount(files));
  }
}
