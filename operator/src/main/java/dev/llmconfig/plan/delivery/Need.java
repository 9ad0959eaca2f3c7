package dev.llmconfig.plan.delivery;

import dev.llmconfig.agent.AgentFiles;

/// An object that a pod template will name, and that must be there before it does.
public sealed interface Need {

  String name();

  /// A Secret with one revision of a key.
  record Key(String name, String apiKey, String revision) implements Need {}

  /// The Secret for agents that insist on a key where none is needed.
  record NoKey(String name) implements Need {}

  /// A ConfigMap with files.
  record Files(String name, AgentFiles files) implements Need {}
}
