package dev.llmconfig.sqlite;

import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.Heartbeat;
import dev.llmconfig.mirror.MirrorStore.Content;
import dev.llmconfig.mirror.OfferedModels;
import dev.llmconfig.mirror.RowChange;
import dev.llmconfig.mirror.Stored;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/// What is written inside one transaction.
final class Writing {

  private final Connection connection;
  private final Instant now;

  Writing(Connection connection, Instant now) {
    this.connection = connection;
    this.now = now;
  }

  /// A new epoch begins at the clock's milliseconds, or after the last number: no number is given
  /// twice, even when the file that knew the last one is lost.
  void all(Content content, Heartbeat heartbeat) throws SQLException {
    var seq = Math.max(last() + 1, now.toEpochMilli());
    execute("DELETE FROM api_keys");
    execute("DELETE FROM model_configs");
    execute("DELETE FROM agents");
    execute("DELETE FROM model_lists");
    execute("DELETE FROM models");
    insert(KeyTable.TABLE, content.keys().map(row -> new Stored<>(row, seq)).iterator());
    insert(
        ModelConfigTable.TABLE,
        content.modelConfigs().map(row -> new Stored<>(row, seq)).iterator());
    insert(AgentTable.TABLE, content.agents().map(row -> new Stored<>(row, seq)).iterator());
    insertModels(content.models().iterator());
    Meta.write(connection, Meta.of(heartbeat));
    Meta.write(connection, Map.of(Meta.EPOCH, epoch(), Meta.SEQ, Long.toString(seq)));
  }

  /// What is as it was writes nothing, not even a change.
  void changes(List<RowChange> changes) throws SQLException {
    try (var log = new ChangeLog(connection, last(), now)) {
      for (var change : changes) {
        switch (change) {
          case RowChange.KeyIs(var row) ->
              log.seen(new Seen.Key(row), seq -> insert(KeyTable.TABLE, new Stored<>(row, seq)));
          case RowChange.ModelConfigIs(var row) ->
              log.seen(
                  new Seen.ModelConfig(row),
                  seq -> insert(ModelConfigTable.TABLE, new Stored<>(row, seq)));
          case RowChange.AgentIs(var row) ->
              log.seen(
                  new Seen.Agent(row), seq -> insert(AgentTable.TABLE, new Stored<>(row, seq)));
          case RowChange.Gone(var kind, var ref) -> log.gone(kind, ref);
          case RowChange.ModelsAre(var key, var stamp, var list) -> {
            if (!ModelTable.stamp(connection, key).equals(stamp)) {
              forgetModels(connection, key);
              insertModels(List.of(list.get()).iterator());
            }
          }
        }
      }
      if (log.grown()) {
        log.prune();
        Meta.write(connection, Map.of(Meta.SEQ, Long.toString(log.last())));
      }
    }
  }

  private long last() throws SQLException {
    return Schema.number(
        connection, "SELECT coalesce((SELECT value FROM meta WHERE name = 'seq'), 0)");
  }

  private void insertModels(Iterator<OfferedModels> lists) throws SQLException {
    try (var list = ModelTable.LISTS.upsert(connection);
        var model = ModelTable.MODELS.upsert(connection)) {
      while (lists.hasNext()) {
        var next = lists.next();
        ModelTable.LISTS.write(list, next);
        for (int place = 0; place < next.models().size(); place++) {
          ModelTable.MODELS.write(model, new ModelTable.Entry(next, place));
        }
      }
    }
  }

  static void forgetModels(Connection connection, Ref key) throws SQLException {
    for (var table : List.of(ModelTable.LISTS, ModelTable.MODELS)) {
      try (var delete =
          connection.prepareStatement(
              "DELETE FROM %s WHERE namespace = ? AND api_key = ?".formatted(table.name()))) {
        delete.setString(1, key.namespace());
        delete.setString(2, key.name());
        delete.executeUpdate();
      }
    }
  }

  private <R> void insert(Table<R> table, R row) throws SQLException {
    insert(table, List.of(row).iterator());
  }

  private <R> void insert(Table<R> table, Iterator<R> rows) throws SQLException {
    try (var insert = table.upsert(connection)) {
      while (rows.hasNext()) {
        table.write(insert, rows.next());
      }
    }
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private static String epoch() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }
}
