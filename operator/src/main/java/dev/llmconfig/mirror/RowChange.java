package dev.llmconfig.mirror;

import dev.llmconfig.domain.Ref;
import java.util.function.Supplier;

/// What became of one row.
public sealed interface RowChange {

  record KeyIs(KeyRow row) implements RowChange {}

  record ModelConfigIs(ModelConfigRow row) implements RowChange {}

  record AgentIs(AgentRow row) implements RowChange {}

  record Gone(ObjectKind kind, Ref ref) implements RowChange {}

  /// Replaces the list of that key, unless the one with this stamp is there already: a list is
  /// long, and its key changes more often.
  record ModelsAre(Ref key, String stamp, Supplier<OfferedModels> list) implements RowChange {}
}
