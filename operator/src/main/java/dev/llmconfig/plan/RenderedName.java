package dev.llmconfig.plan;

import dev.llmconfig.agent.AgentFiles;
import dev.llmconfig.agent.Entry;
import dev.llmconfig.agent.RenderedBytes;
import dev.llmconfig.api.ManagedNames;
import java.util.List;
import java.util.Optional;

/// The name of what one workload gets, such as `d-0123456789`. A template that carries the wanted
/// one is up to date, whatever revision it names, so only what reaches the pod is in it (traps
/// R50): names of Secrets and ConfigMaps, never what is in them.
///
/// Which containers have it is not in the name. The template itself tells, and an owner who takes a
/// container away must not be answered with a second restart.
public final class RenderedName {

  private RenderedName() {}

  /// For modes Env and Gateway.
  ///
  /// @param keyRevision of the key that is given out; empty where there is none
  public static String ofEnv(List<Entry> entries, Optional<String> keyRevision) {
    return name(RenderedBytes.ofEnv(entries, keyRevision.orElse("")));
  }

  /// For mode EnvFrom.
  public static String ofEnvFrom(
      List<Entry> entries, Optional<String> keyRevision, String modelConfig) {
    return name(
        RenderedBytes.ofEnvFrom(
            entries, keyRevision.orElse(""), ManagedNames.environmentSecret(modelConfig)));
  }

  /// For mode File. The template names the ConfigMap, which is called after its ModelConfig.
  public static String ofFiles(AgentFiles files, Optional<String> keyRevision, String modelConfig) {
    return ContentName.of("rendered")
        .part("bytes", RenderedBytes.ofFiles(files, keyRevision.orElse("")))
        .part("modelConfig", modelConfig)
        .text("d-");
  }

  private static String name(byte[] bytes) {
    return ContentName.of("rendered").part("bytes", bytes).text("d-");
  }
}
