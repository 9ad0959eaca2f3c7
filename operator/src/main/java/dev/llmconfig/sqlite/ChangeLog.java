package dev.llmconfig.sqlite;

import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.AgentRow;
import dev.llmconfig.mirror.Change.Operation;
import dev.llmconfig.mirror.ObjectKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// Decides whether a row is news, numbers the changes, and keeps the last of them.
final class ChangeLog implements AutoCloseable {

  private static final int KEPT = 10_000;

  private final Connection connection;
  private final Instant now;
  private final long before;
  private final PreparedStatement insert;
  private final Map<ObjectKind, PreparedStatement> find = new EnumMap<>(ObjectKind.class);
  private long last;

  /// Writes the row under that number.
  interface Write {
    void under(long seq) throws SQLException;
  }

  /// What the table holds of an object.
  private record Held(String uid, long generation, String resourceVersion, String stamp) {}

  ChangeLog(Connection connection, long last, Instant now) throws SQLException {
    this.connection = connection;
    this.now = now;
    this.before = last;
    this.last = last;
    this.insert =
        connection.prepareStatement(
            "INSERT INTO changes (seq, kind, id, op, manager, at) VALUES (?, ?, ?, ?, ?, ?)");
  }

  void seen(Seen seen, Write write) throws SQLException {
    var held = held(seen.kind(), seen.ref());
    if (held.isPresent() && held.get().stamp().equals(seen.stamp())) {
      return;
    }
    var same = held.filter(old -> old.uid().equals(seen.version().uid()));
    if (held.isPresent() && same.isEmpty()) {
      gone(seen.kind(), seen.ref());
    }
    add(
        seen.kind(),
        seen.ref(),
        same.isPresent() ? Operation.Update : Operation.Create,
        same.map(old -> seen.manager(old.generation(), old.resourceVersion()))
            .orElse(seen.version().specManager()));
    write.under(last);
  }

  void gone(ObjectKind kind, Ref ref) throws SQLException {
    try (var delete =
        connection.prepareStatement(
            "DELETE FROM %s WHERE %s".formatted(table(kind), where(kind)))) {
      bind(delete, kind, ref);
      if (delete.executeUpdate() > 0) {
        add(kind, ref, Operation.Delete, "");
      }
    }
    if (kind == ObjectKind.ApiKeyConfig) {
      Writing.forgetModels(connection, ref);
    }
  }

  long last() {
    return last;
  }

  boolean grown() {
    return last > before;
  }

  void prune() throws SQLException {
    try (var delete =
        connection.prepareStatement(
            "DELETE FROM changes WHERE seq < (SELECT seq FROM changes ORDER BY seq DESC LIMIT 1 OFFSET ?)")) {
      delete.setInt(1, KEPT - 1);
      delete.executeUpdate();
    }
  }

  @Override
  public void close() throws SQLException {
    insert.close();
    for (var statement : find.values()) {
      statement.close();
    }
  }

  static String id(Ref ref) {
    return ref.namespace() + "." + ref.name();
  }

  private void add(ObjectKind kind, Ref ref, Operation operation, String manager)
      throws SQLException {
    last++;
    insert.setLong(1, last);
    insert.setString(2, kind.name());
    insert.setString(3, id(ref));
    insert.setString(4, operation.name());
    insert.setString(5, manager);
    insert.setString(6, now.toString());
    insert.executeUpdate();
  }

  private Optional<Held> held(ObjectKind kind, Ref ref) throws SQLException {
    var select = find.get(kind);
    if (select == null) {
      select =
          connection.prepareStatement(
              "SELECT uid, generation, %s FROM %s WHERE %s"
                  .formatted(stamped(kind), table(kind), where(kind)));
      find.put(kind, select);
    }
    bind(select, kind, ref);
    try (var rows = select.executeQuery()) {
      return rows.next() ? Optional.of(held(kind, new Read(rows))) : Optional.empty();
    }
  }

  private static Held held(ObjectKind kind, Read row) throws SQLException {
    var uid = row.text("uid");
    var version = kind == ObjectKind.Agent ? "" : row.text("rv");
    var stamp =
        switch (kind) {
          case ApiKeyConfig ->
              Seen.Key.stamp(uid, version, row.text("secret_rv"), row.text("facts_rv"));
          case ModelConfig -> Seen.ModelConfig.stamp(uid, version);
          case Agent -> row.text("stamp");
        };
    return new Held(uid, row.number("generation"), version, stamp);
  }

  static String table(ObjectKind kind) {
    return switch (kind) {
      case ApiKeyConfig -> KeyTable.TABLE.name();
      case ModelConfig -> ModelConfigTable.TABLE.name();
      case Agent -> AgentTable.TABLE.name();
    };
  }

  /// What a stamp is made of.
  private static String stamped(ObjectKind kind) {
    return switch (kind) {
      case ApiKeyConfig -> "rv, secret_rv, facts_rv";
      case ModelConfig -> "rv";
      case Agent -> "stamp";
    };
  }

  private static String where(ObjectKind kind) {
    return kind == ObjectKind.Agent
        ? "namespace = ? AND kind = ? AND name = ?"
        : "namespace = ? AND name = ?";
  }

  private static void bind(PreparedStatement statement, ObjectKind kind, Ref ref)
      throws SQLException {
    statement.setString(1, ref.namespace());
    if (kind == ObjectKind.Agent) {
      statement.setString(2, AgentRow.kind(ref));
      statement.setString(3, AgentRow.name(ref));
    } else {
      statement.setString(2, ref.name());
    }
  }
}
