package dev.llmconfig.sqlite;

import dev.llmconfig.mirror.ObjectVersion;
import dev.llmconfig.mirror.Readiness;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// One row of an answer, by names of columns.
record Read(ResultSet row) {

  String text(String column) throws SQLException {
    return optional(column).orElse("");
  }

  Optional<String> optional(String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  long number(String column) throws SQLException {
    return row.getLong(column);
  }

  int count(String column) throws SQLException {
    return row.getInt(column);
  }

  OptionalInt maybe(String column) throws SQLException {
    var value = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }

  OptionalLong maybeLong(String column) throws SQLException {
    var value = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }

  boolean yes(String column) throws SQLException {
    return row.getInt(column) != 0;
  }

  /// Who wrote it is in the changes, not in the row.
  ObjectVersion version() throws SQLException {
    return new ObjectVersion(
        text("uid"),
        number("generation"),
        text("rv"),
        text("created_at"),
        yes("deleting"),
        "",
        "",
        text("managed_by"));
  }

  Readiness readiness() throws SQLException {
    return new Readiness(text("ready"), text("reason"), text("message"));
  }
}
