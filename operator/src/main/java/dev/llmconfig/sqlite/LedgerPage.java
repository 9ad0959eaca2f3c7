package dev.llmconfig.sqlite;

import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.AgentRow;
import dev.llmconfig.mirror.Heartbeat;
import dev.llmconfig.mirror.KeyRow;
import dev.llmconfig.mirror.MirrorStore;
import dev.llmconfig.mirror.ModelConfigRow;
import dev.llmconfig.mirror.OfferedModels;
import dev.llmconfig.mirror.RowChange;
import dev.llmconfig.store.local.Ledger;
import dev.llmconfig.store.local.Ledger.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// The objects inside one transaction.
final class LedgerPage implements Ledger.Page {

  private static final String OF_ONE = " WHERE kind = ? AND namespace = ? AND name = ?";

  private final Connection connection;
  private final Instant now;
  private final Heartbeat heartbeat;

  LedgerPage(Connection connection, Instant now, Heartbeat heartbeat) {
    this.connection = connection;
    this.now = now;
    this.heartbeat = heartbeat;
  }

  @Override
  public Optional<String> find(Kind kind, Ref ref) {
    return texts("SELECT json FROM objects" + OF_ONE, kind.name(), ref.namespace(), ref.name())
        .stream()
        .findFirst();
  }

  @Override
  public List<String> all(Kind kind) {
    return texts("SELECT json FROM objects WHERE kind = ? ORDER BY namespace, name", kind.name());
  }

  @Override
  public Optional<String> setting(String name) {
    return texts("SELECT value FROM settings WHERE name = ?", name).stream().findFirst();
  }

  @Override
  public boolean migrated(String name) {
    return !texts("SELECT name FROM migration_versions WHERE name = ?", name).isEmpty();
  }

  @Override
  public void put(Kind kind, Ref ref, String json) {
    update(
        "INSERT OR REPLACE INTO objects (kind, namespace, name, json) VALUES (?, ?, ?, ?)",
        kind.name(),
        ref.namespace(),
        ref.name(),
        json);
  }

  @Override
  public void remove(Kind kind, Ref ref) {
    update("DELETE FROM objects" + OF_ONE, kind.name(), ref.namespace(), ref.name());
  }

  @Override
  public void keepSetting(String name, String value) {
    update("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", name, value);
  }

  @Override
  public void markMigrated(String name) {
    update(
        "INSERT OR IGNORE INTO migration_versions (name, at) VALUES (?, ?)", name, now.toString());
  }

  @Override
  public void show(List<RowChange> rows) {
    attempt(() -> new Writing(connection, now).changes(rows));
  }

  @Override
  public void showAll(List<RowChange> rows) {
    attempt(() -> new Writing(connection, now).all(new All(rows), heartbeat));
  }

  @Override
  public long next() {
    update("UPDATE counter SET last = last + 1");
    return Long.parseLong(texts("SELECT last FROM counter").getFirst());
  }

  private record All(List<RowChange> rows) implements MirrorStore.Content {

    @Override
    public Stream<KeyRow> keys() {
      return of(RowChange.KeyIs.class, RowChange.KeyIs::row);
    }

    @Override
    public Stream<ModelConfigRow> modelConfigs() {
      return of(RowChange.ModelConfigIs.class, RowChange.ModelConfigIs::row);
    }

    @Override
    public Stream<OfferedModels> models() {
      return of(RowChange.ModelsAre.class, lists -> lists.list().get());
    }

    @Override
    public Stream<AgentRow> agents() {
      return of(RowChange.AgentIs.class, RowChange.AgentIs::row);
    }

    private <C extends RowChange, R> Stream<R> of(Class<C> kind, Function<C, R> row) {
      return rows.stream().filter(kind::isInstance).map(kind::cast).map(row);
    }
  }

  private List<String> texts(String sql, String... parameters) {
    var found = new ArrayList<String>();
    attempt(() -> {
      try (var statement = connection.prepareStatement(sql)) {
        for (var at = 0; at < parameters.length; at++) {
          statement.setString(at + 1, parameters[at]);
        }
        try (var rows = statement.executeQuery()) {
          while (rows.next()) {
            found.add(rows.getString(1));
          }
        }
      }
    });
    return found;
  }

  private void update(String sql, String... parameters) {
    attempt(() -> {
      try (var statement = connection.prepareStatement(sql)) {
        for (var at = 0; at < parameters.length; at++) {
          statement.setString(at + 1, parameters[at]);
        }
        statement.executeUpdate();
      }
    });
  }

  private interface Step {
    void take() throws SQLException;
  }

  private static void attempt(Step step) {
    try {
      step.take();
    } catch (SQLException failed) {
      throw new QueryFailed(failed);
    }
  }
}
