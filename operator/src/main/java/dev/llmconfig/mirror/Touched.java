package dev.llmconfig.mirror;

import dev.llmconfig.domain.Ref;

/// Something about this is not as it was. It does not say what: the caches know.
record Touched(What what, Ref ref) {

  enum What {
    KEY,
    MODEL_CONFIG,
    /// The list of models that a provider offered for a key.
    MODELS
  }
}
