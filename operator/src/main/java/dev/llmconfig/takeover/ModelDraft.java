package dev.llmconfig.takeover;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// A ModelConfig to be.
///
/// @param key the name of its ApiKeyConfig, in the same namespace
/// @param alias what the other tool calls it
/// @param fallbacks names of other drafts
public record ModelDraft(
    String namespace,
    String name,
    String key,
    String model,
    String alias,
    ObjectNode parameters,
    List<String> fallbacks) {
  public ModelDraft {
    fallbacks = List.copyOf(fallbacks);
  }

  ModelDraft with(List<String> others) {
    return new ModelDraft(namespace, name, key, model, alias, parameters, others);
  }
}
