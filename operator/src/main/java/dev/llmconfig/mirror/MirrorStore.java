package dev.llmconfig.mirror;

import java.util.List;
import java.util.stream.Stream;

/// Keeps the rows. It has one user, which calls it from one platform thread: native calls pin. Each
/// call is one transaction, and a call that fails leaves what was there.
public interface MirrorStore extends AutoCloseable {

  /// Whether the rows are there as they were left, and in a form that this version writes. False
  /// asks for a rebuild.
  boolean intact();

  /// Replaces all rows, and whatever was there before that cannot be used.
  void rebuild(Content content, Heartbeat heartbeat);

  void write(List<RowChange> changes);

  void beat(Heartbeat heartbeat);

  @Override
  void close();

  /// Read once.
  interface Content {
    Stream<KeyRow> keys();

    Stream<ModelConfigRow> modelConfigs();

    Stream<OfferedModels> models();

    Stream<AgentRow> agents();
  }
}
