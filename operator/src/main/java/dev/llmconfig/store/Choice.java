package dev.llmconfig.store;

import dev.llmconfig.domain.Ref;

/// What can be made the default.
public sealed interface Choice {

  String namespace();

  /// A model configuration that there is.
  record Configured(Ref model) implements Choice {
    @Override
    public String namespace() {
      return model.namespace();
    }
  }

  /// A model of a key, for which one is made.
  record Offered(Ref key, String model) implements Choice {
    @Override
    public String namespace() {
      return key.namespace();
    }
  }
}
