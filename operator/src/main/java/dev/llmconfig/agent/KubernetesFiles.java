package dev.llmconfig.agent;

import io.fabric8.kubernetes.api.model.ConfigMapProjection;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.SecretProjection;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.VolumeProjectionBuilder;
import java.util.List;
import java.util.Optional;

/// Files as a pod carries them: one volume that has the key from its Secret and everything else
/// from a ConfigMap, so that the key is in no object that people may read.
public final class KubernetesFiles {

  /// Of the volume in every workload.
  public static final String VOLUME = "llmconfig";

  private KubernetesFiles() {}

  public static Volume volume(AgentFiles files, String configMap) {
    VolumeProjection settings =
        new VolumeProjectionBuilder()
            .withConfigMap(new ConfigMapProjection(null, configMap, null))
            .build();
    Optional<VolumeProjection> key =
        files
            .key()
            .map(ref ->
                new VolumeProjectionBuilder()
                    .withSecret(
                        new SecretProjection(
                            List.of(new KeyToPath(KeyRef.DATA_KEY, null, KeyRef.DATA_KEY)),
                            ref.secret(),
                            null))
                    .build());
    return new VolumeBuilder()
        .withName(VOLUME)
        .withNewProjected()
        .addAllToSources(key.stream().toList())
        .addToSources(settings)
        .endProjected()
        .build();
  }

  public static VolumeMount mount(AgentFiles files) {
    return new VolumeMountBuilder()
        .withName(VOLUME)
        .withMountPath(files.mountPath())
        .withReadOnly(true)
        .build();
  }
}
