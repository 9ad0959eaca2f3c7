package dev.llmconfig.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/// The schema of a database: one file. Its checksum is the version, so that a changed file without
/// a changed number cannot happen.
final class Schema {

  /// `LLMC`, by which one knows a file of ours.
  static final int APPLICATION_ID = 0x4C4C4D43;

  static final Schema CONFIG = read("config.sql");
  static final Schema LEDGER = read("ledger.sql");
  static final Schema USAGE = read("usage.sql");

  private final String text;

  private Schema(String text) {
    this.text = text;
  }

  int version() {
    var sum = new CRC32();
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    return (int) (sum.getValue() & 0x7FFFFFFF);
  }

  void install(Connection connection) throws SQLException {
    add(connection);
    try (var statement = connection.createStatement()) {
      statement.execute("PRAGMA application_id = " + APPLICATION_ID);
      statement.execute("PRAGMA user_version = " + version());
    }
  }

  /// Beside another schema, whose marks the file has.
  void add(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.executeUpdate(text);
    }
  }

  /// By the marks alone, as a reader looks at it.
  boolean marked(Connection connection) throws SQLException {
    return number(connection, "PRAGMA application_id") == APPLICATION_ID
        && number(connection, "PRAGMA user_version") == version();
  }

  /// By its marks and by every object in it: a table that somebody altered is another schema.
  boolean fits(Connection connection) throws SQLException {
    return marked(connection) && objects(connection).equals(declared(this));
  }

  /// The same of a file that has the other schema, too.
  boolean fitsBeside(Schema other, Connection connection) throws SQLException {
    return marked(connection) && objects(connection).equals(declared(this, other));
  }

  /// Whether everything of it is there, whatever else is.
  boolean isIn(Connection connection) throws SQLException {
    return objects(connection).containsAll(declared(this));
  }

  /// The names of its tables.
  List<String> tables() throws SQLException {
    try (var fresh = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      add(fresh);
      return tables(fresh);
    }
  }

  static List<String> tables(Connection connection) throws SQLException {
    var tables = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")) {
      while (rows.next()) {
        tables.add(rows.getString("name"));
      }
    }
    return tables;
  }

  private static List<String> declared(Schema... schemas) throws SQLException {
    try (var fresh = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      for (var schema : schemas) {
        schema.add(fresh);
      }
      return objects(fresh);
    }
  }

  static long number(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  private static List<String> objects(Connection connection) throws SQLException {
    var objects = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT type, name, coalesce(sql, '') AS text FROM sqlite_schema ORDER BY type, name")) {
      while (rows.next()) {
        objects.add(
            rows.getString("type") + " " + rows.getString("name") + " " + rows.getString("text"));
      }
    }
    return objects;
  }

  private static Schema read(String name) {
    try (var stream = Schema.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(name + " is not in the jar");
      }
      return new Schema(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
