package dev.llmconfig.agent;

import dev.llmconfig.domain.Endpoint;

/// Which way an agent's requests take.
public sealed interface Route {

  /// The agent calls its provider itself.
  ///
  /// @param key the Secret it is given; ignored where the provider has no key
  record Direct(Endpoint endpoint, KeyHeld key) implements Route {}

  /// The agent calls the gateway, under the name of its ModelConfig.
  ///
  /// @param gateway without `/v1`
  /// @param virtualKey the Secret of the virtual key
  record Gateway(Endpoint gateway, String alias, KeyRef virtualKey) implements Route {}

  /// Whether there is a key at all.
  sealed interface KeyHeld {

    record Held(KeyRef ref) implements KeyHeld {}

    record Keyless() implements KeyHeld {}
  }
}
