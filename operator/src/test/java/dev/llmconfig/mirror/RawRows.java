package dev.llmconfig.mirror;

import dev.llmconfig.domain.Ref;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/// What the mirror is measured against: the same rows by plain JDBC, without a look at what they
/// mean.
final class RawRows {

  private static final int BATCH = 100;

  /// One table: its definition, the names of its columns, its rows.
  private record Table(
      String name, String sql, List<String> columns, List<@Nullable Object[]> rows) {}

  private final List<Table> tables;

  private RawRows(List<Table> tables) {
    this.tables = tables;
  }

  static RawRows of(Path database) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database)) {
      return new RawRows(
          List.of(table(connection, "api_keys"), table(connection, "model_configs")));
    }
  }

  /// Batches of 100, and a commit after that many rows.
  void write(Path directory, int commitAfter) throws SQLException {
    try (var connection = open(directory.resolve("config.db"))) {
      try (var statement = connection.createStatement()) {
        for (var table : tables) {
          statement.executeUpdate(table.sql());
        }
      }
      connection.setAutoCommit(false);
      for (var table : tables) {
        write(connection, table, commitAfter);
      }
      connection.commit();
    }
  }

  private static void write(Connection connection, Table table, int commitAfter)
      throws SQLException {
    try (var insert = connection.prepareStatement(insert(table))) {
      var waiting = 0;
      for (int at = 0; at < table.rows().size(); at++) {
        var row = table.rows().get(at);
        for (int column = 0; column < row.length; column++) {
          insert.setObject(column + 1, row[column]);
        }
        insert.addBatch();
        if (++waiting == BATCH) {
          insert.executeBatch();
          waiting = 0;
        }
        if ((at + 1) % commitAfter == 0) {
          connection.commit();
        }
      }
      insert.executeBatch();
    }
  }

  /// Upserts of one row each, with the row of `changes` that the reader looks for.
  static Updating updating(Path database) throws SQLException {
    return new Updating(open(database), of(database).tables.getFirst());
  }

  static final class Updating implements AutoCloseable {
    private final Connection connection;
    private final Table table;
    private final PreparedStatement upsert;
    private final PreparedStatement change;
    private final PreparedStatement meta;
    private long seq;

    private Updating(Connection connection, Table table) throws SQLException {
      this.connection = connection;
      this.table = table;
      this.upsert = connection.prepareStatement(insert(table));
      this.change =
          connection.prepareStatement(
              "INSERT INTO changes VALUES (?, 'ApiKeyConfig', ?, 'Update', '', ?)");
      this.meta = connection.prepareStatement("UPDATE meta SET value = ? WHERE name = 'seq'");
      try (var statement = connection.createStatement();
          var rows = statement.executeQuery("SELECT value FROM meta WHERE name = 'seq'")) {
        seq = rows.next() ? rows.getLong(1) : 0;
      }
    }

    void update(Ref ref) throws SQLException {
      var row = table.rows().get(Integer.parseInt(ref.name().substring("key-".length())));
      connection.setAutoCommit(false);
      seq++;
      for (int column = 0; column < row.length; column++) {
        var value = table.columns().get(column).equals("seq") ? (Object) seq : row[column];
        upsert.setObject(column + 1, value);
      }
      upsert.executeUpdate();
      change.setLong(1, seq);
      change.setString(2, ref.namespace() + "." + ref.name());
      change.setString(3, Instant.now().toString());
      change.executeUpdate();
      meta.setString(1, Long.toString(seq));
      meta.executeUpdate();
      connection.setAutoCommit(true);
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  private static String insert(Table table) {
    return "INSERT OR REPLACE INTO %s (%s) VALUES (%s)"
        .formatted(
            table.name(),
            String.join(", ", table.columns()),
            String.join(", ", Collections.nCopies(table.columns().size(), "?")));
  }

  private static Connection open(Path database) throws SQLException {
    var config = new SQLiteConfig();
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    return config.createConnection("jdbc:sqlite:" + database);
  }

  private static Table table(Connection connection, String name) throws SQLException {
    var columns = new ArrayList<String>();
    var found = new ArrayList<@Nullable Object[]>();
    var sql = "";
    try (var statement = connection.createStatement()) {
      try (var rows = statement.executeQuery("PRAGMA table_info(" + name + ")")) {
        while (rows.next()) {
          columns.add(rows.getString("name")); // generated columns are not in it
        }
      }
      try (var rows =
          statement.executeQuery("SELECT sql FROM sqlite_schema WHERE name = '" + name + "'")) {
        sql = rows.next() ? rows.getString(1) : "";
      }
      try (var rows =
          statement.executeQuery(
              "SELECT " + String.join(", ", columns) + " FROM " + name + " ORDER BY name")) {
        while (rows.next()) {
          var row = new @Nullable Object[columns.size()];
          for (int column = 0; column < row.length; column++) {
            row[column] = rows.getObject(column + 1);
          }
          found.add(row);
        }
      }
    }
    return new Table(name, sql, columns, found);
  }
}
