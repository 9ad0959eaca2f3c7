package dev.llmconfig.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A table and how a row of it is written: one list of columns, so that names and values cannot get
/// out of step.
record Table<R>(String name, List<Column<R>> columns) {

  /// One column.
  ///
  /// @param value a text, a number, a yes or no, an optional one of these, or nothing
  record Column<R>(String name, Function<R, @Nullable Object> value) {}

  static <R> Column<R> column(String name, Function<R, @Nullable Object> value) {
    return new Column<>(name, value);
  }

  /// Writes a row, over one with the same key.
  PreparedStatement upsert(Connection connection) throws SQLException {
    return connection.prepareStatement(
        "INSERT OR REPLACE INTO %s (%s) VALUES (%s)"
            .formatted(
                name,
                columns.stream().map(Column::name).collect(Collectors.joining(", ")),
                columns.stream().map(_ -> "?").collect(Collectors.joining(", "))));
  }

  void write(PreparedStatement upsert, R row) throws SQLException {
    for (int at = 0; at < columns.size(); at++) {
      bind(upsert, at + 1, columns.get(at).value().apply(row));
    }
    upsert.executeUpdate();
  }

  private static void bind(PreparedStatement statement, int at, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case String text -> statement.setString(at, text);
      case Optional<?> optional -> bind(statement, at, optional.orElse(null));
      case OptionalInt number when number.isPresent() -> statement.setInt(at, number.getAsInt());
      case OptionalInt _ -> statement.setObject(at, null);
      case OptionalLong number when number.isPresent() -> statement.setLong(at, number.getAsLong());
      case OptionalLong _ -> statement.setObject(at, null);
      case Boolean yes -> statement.setInt(at, yes ? 1 : 0);
      case Integer number -> statement.setInt(at, number);
      case Long number -> statement.setLong(at, number);
      case null -> statement.setObject(at, null);
      default -> throw new IllegalArgumentException("no column holds a " + value.getClass());
    }
  }
}
