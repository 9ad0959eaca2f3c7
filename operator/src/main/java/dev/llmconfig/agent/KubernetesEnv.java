package dev.llmconfig.agent;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import java.util.List;

/// Entries as a container's `env` carries them: settings as `value`, the key as `secretKeyRef` that
/// is never optional, so that a pod without its Secret does not start on nothing.
public final class KubernetesEnv {

  private KubernetesEnv() {}

  public static List<EnvVar> of(List<Entry> entries) {
    return entries.stream().map(KubernetesEnv::variable).toList();
  }

  private static EnvVar variable(Entry entry) {
    return switch (entry.value()) {
      case Entry.Literal(var text) ->
          new EnvVarBuilder().withName(entry.name()).withValue(Literals.escaped(text)).build();
      case Entry.Key(var ref) ->
          new EnvVarBuilder()
              .withName(entry.name())
              .withNewValueFrom()
              .withNewSecretKeyRef()
              .withName(ref.secret())
              .withKey(KeyRef.DATA_KEY)
              .endSecretKeyRef()
              .endValueFrom()
              .build();
    };
  }
}
