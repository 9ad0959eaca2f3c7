package dev.llmconfig.mirror;

import dev.llmconfig.domain.Ref;

/// Something about this is not as it was. It does not say what: the caches know.
record Touched(What what, Ref ref) {

  enum What {
    /// With its managed Secret, and what was found out about it.
    KEY,
    MODEL_CONFIG,
    /// A workload, by the name of its row.
    AGENT
  }
}
