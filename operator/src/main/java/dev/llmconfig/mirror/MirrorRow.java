package dev.llmconfig.mirror;

import dev.llmconfig.domain.Ref;

/// A row that is made of an object of the cluster.
public sealed interface MirrorRow permits KeyRow, ModelConfigRow, AgentRow {

  Ref ref();

  ObjectVersion version();
}
