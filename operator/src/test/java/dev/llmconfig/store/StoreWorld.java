package dev.llmconfig.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.access.Caller;
import dev.llmconfig.domain.Ref;
import java.util.Optional;

/// What the contract needs to know of a store besides its port: some place of its own, somebody who
/// may change things there, and a look at what is stored.
interface StoreWorld {

  ConfigStore store();

  Caller editor();

  String namespace();

  Optional<Stored> key(String name);

  Optional<Stored> model(String name);

  /// What is encrypted in it, as its owner would decrypt it.
  String plaintext(String key);

  /// As the check of the key would, if it succeeded.
  void isReady(String key);

  default Ref at(String name) {
    return new Ref(namespace(), name);
  }

  default ObjectNode spec(String json) {
    return Specs.of(json);
  }
}
