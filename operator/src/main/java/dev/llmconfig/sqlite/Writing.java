package dev.llmconfig.sqlite;

import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.Heartbeat;
import dev.llmconfig.mirror.MirrorStore.Content;
import dev.llmconfig.mirror.ModelList;
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
    insert(KeyTable.TABLE, content.keys().map(row -> new Stored<>(row, seq)).iterator());
    insert(
        ModelConfigTable.TABLE,
        content.modelConfigs().map(row -> new Stored<>(row, seq)).iterator());
    for (var lists = content.models().iterator(); lists.hasNext(); ) {
      models(lists.next());
    }
    execute(
        """
        DELETE FROM models WHERE NOT EXISTS (
          SELECT 1 FROM api_keys k WHERE k.namespace = models.namespace
            AND k.name = models.api_key AND k.uid = models.key_uid)
        """);
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
          case RowChange.Gone(var kind, var ref) -> log.gone(kind, ref);
          case RowChange.ModelsAre(var list) -> models(list);
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

  private void models(ModelList list) throws SQLException {
    forgetModels(connection, list.key());
    try (var insert = ModelTable.TABLE.upsert(connection)) {
      for (int place = 0; place < list.models().size(); place++) {
        ModelTable.TABLE.write(insert, new ModelTable.Entry(list, place));
      }
    }
  }

  static void forgetModels(Connection connection, Ref key) throws SQLException {
    try (var delete =
        connection.prepareStatement("DELETE FROM models WHERE namespace = ? AND api_key = ?")) {
      delete.setString(1, key.namespace());
      delete.setString(2, key.name());
      delete.executeUpdate();
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
