package dev.llmconfig.plan.delivery;

import dev.llmconfig.agent.AgentFiles;
import dev.llmconfig.agent.Entry;
import java.util.List;
import java.util.Optional;

/// An object that a pod template will name, and that must be there before it does.
public sealed interface Need {

  String name();

  /// What tells it from every other: one name may have had other content before.
  default String id() {
    return name();
  }

  /// A Secret with one revision of a key.
  record Key(String name, String apiKey, String revision) implements Need {}

  /// The Secret for agents that insist on a key where none is needed.
  record NoKey(String name) implements Need {}

  /// A ConfigMap with files.
  record Files(String name, AgentFiles files) implements Need {}

  /// The Secret that the manifests of agents name in mode EnvFrom. Its content changes, and all
  /// agents of a ModelConfig read the same.
  ///
  /// @param keyRevision empty where no key is needed
  record Environment(
      String name,
      String revision,
      String rendered,
      List<Entry> entries,
      String apiKey,
      Optional<String> keyRevision)
      implements Need {
    public Environment {
      entries = List.copyOf(entries);
    }

    @Override
    public String id() {
      return name + " " + rendered;
    }
  }
}
