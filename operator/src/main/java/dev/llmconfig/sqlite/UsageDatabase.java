package dev.llmconfig.sqlite;

import dev.llmconfig.access.AuditRecord;
import dev.llmconfig.access.AuditRecord.Action;
import dev.llmconfig.access.AuditRecord.Result;
import dev.llmconfig.access.AuditRecord.Via;
import dev.llmconfig.access.AuditTrail;
import dev.llmconfig.access.KeyUses;
import dev.llmconfig.domain.Ref;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;

/// `usage.db`: what this replica of the sidecar has seen. A disk that is full or broken costs rows
/// and nobody's request.
public final class UsageDatabase implements AuditTrail, KeyUses, AutoCloseable {

  public static final String NAME = "usage.db";

  private static final Logger log = LoggerFactory.getLogger(UsageDatabase.class);

  /// For how long rows are kept where nobody says it.
  public static final Duration USUALLY_KEPT = Duration.ofDays(90);

  private static final int MOST_KEPT = 100_000;
  private static final int PRUNED_EACH = 1_000;
  private static final Duration PRUNED_AFTER = Duration.ofHours(1);

  private static final Duration TOLD_EACH = Duration.ofMinutes(1);

  private final DatabaseFiles files;
  private final Duration kept;
  private final AtomicLong stamp = new AtomicLong();
  private volatile @Nullable Map<Ref, Instant> uses;
  private final InstantSource clock;
  private @Nullable Connection opened;
  private int sincePruned = PRUNED_EACH;
  private Instant prunedAt = Instant.EPOCH;
  private boolean complained;

  private UsageDatabase(Path directory, Duration kept, InstantSource clock) {
    this.files = DatabaseFiles.in(directory, NAME);
    this.kept = kept;
    this.clock = clock;
  }

  /// Nothing is opened yet: a disk that comes late loses what happened before.
  ///
  /// @param kept for how long a row stays; whatever is older goes when a row is added, at most once
  ///   an hour
  public static UsageDatabase in(Path directory, Duration kept, InstantSource clock) {
    return new UsageDatabase(directory, kept, clock);
  }

  @Override
  public synchronized void add(AuditRecord what) {
    attempt(connection -> {
      if (sincePruned++ >= PRUNED_EACH || prunedAt.plus(PRUNED_AFTER).isBefore(clock.instant())) {
        prune(connection);
        sincePruned = 0;
        prunedAt = clock.instant();
      }
      try (var insert =
          connection.prepareStatement(
              "INSERT INTO audit (at, actor, via, action, object, namespace, result, reason,"
                  + " address, fields) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
        insert.setString(1, what.at().toString());
        insert.setString(2, what.actor().orElse(null));
        insert.setString(3, what.via().name());
        insert.setString(4, what.action().name());
        insert.setString(5, what.object());
        insert.setString(6, what.namespace());
        insert.setString(7, what.result().name());
        insert.setString(8, what.reason());
        insert.setString(9, what.address());
        insert.setString(10, FieldTexts.written(what.fields()));
        insert.executeUpdate();
      }
    });
  }

  @Override
  public synchronized List<Numbered> newest(int most) {
    var found = new ArrayList<Numbered>();
    attempt(connection -> {
      try (var select =
          connection.prepareStatement("SELECT * FROM audit ORDER BY number DESC LIMIT ?")) {
        select.setInt(1, most);
        try (var rows = select.executeQuery()) {
          while (rows.next()) {
            found.add(read(new Read(rows)));
          }
        }
      }
    });
    return found;
  }

  @Override
  public void used(Ref key) {
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    var last = uses().get(key);
    if (last != null && now.isBefore(last.plus(TOLD_EACH))) {
      return;
    }
    uses().put(key, now);
    stamp.incrementAndGet();
    synchronized (this) {
      attempt(connection -> {
        try (var insert =
            connection.prepareStatement(
                "INSERT OR REPLACE INTO key_uses (namespace, name, at) VALUES (?, ?, ?)")) {
          insert.setString(1, key.namespace());
          insert.setString(2, key.name());
          insert.setString(3, now.toString());
          insert.executeUpdate();
        }
      });
    }
  }

  @Override
  public Optional<Instant> last(Ref key) {
    return Optional.ofNullable(uses().get(key));
  }

  @Override
  public long stamp() {
    return stamp.get();
  }

  /// As they were written, read once.
  private Map<Ref, Instant> uses() {
    var known = uses;
    return known == null ? readUses() : known;
  }

  private synchronized Map<Ref, Instant> readUses() {
    if (uses == null) {
      var read = new ConcurrentHashMap<Ref, Instant>();
      attempt(connection -> {
        try (var select = connection.prepareStatement("SELECT * FROM key_uses");
            var rows = select.executeQuery()) {
          while (rows.next()) {
            var row = new Read(rows);
            read.put(
                new Ref(row.text("namespace"), row.text("name")), Instant.parse(row.text("at")));
          }
        }
      });
      uses = read;
    }
    return uses;
  }

  private static Numbered read(Read row) throws SQLException {
    var fields = row.text("fields");
    return new Numbered(
        row.number("number"),
        new AuditRecord(
            Instant.parse(row.text("at")),
            row.optional("actor"),
            Via.valueOf(row.text("via")),
            Action.valueOf(row.text("action")),
            row.text("object"),
            row.text("namespace"),
            Result.valueOf(row.text("result")),
            row.text("reason"),
            row.text("address"),
            FieldTexts.read(fields)));
  }

  private void prune(Connection connection) throws SQLException {
    try (var old = connection.prepareStatement("DELETE FROM audit WHERE at < ?");
        var many =
            connection.prepareStatement(
                "DELETE FROM audit WHERE number <= (SELECT max(number) FROM audit) - ?")) {
      old.setString(1, clock.instant().minus(kept).toString());
      old.executeUpdate();
      many.setInt(1, MOST_KEPT);
      many.executeUpdate();
    }
  }

  private interface Work {
    void in(Connection connection) throws SQLException;
  }

  private void attempt(Work work) {
    try {
      var connection = opened == null ? connect() : opened;
      opened = connection;
      work.in(connection);
      complained = false;
    } catch (SQLException | IOException failed) {
      close();
      if (!complained) {
        log.atWarn()
            .addKeyValue("directory", files.directory())
            .addKeyValue("error", failed instanceof SQLException sql ? Failures.code(sql) : failed)
            .log("Who did what cannot be kept here, and is in the log alone");
        complained = true;
      }
    }
  }

  private Connection connect() throws SQLException, IOException {
    Files.createDirectories(files.directory());
    var config = new SQLiteConfig();
    config.setBusyTimeout(0);
    var connection = config.createConnection(files.url());
    try (var statement = connection.createStatement()) {
      // WAL first, then the patience: the other way round the switch to WAL can fail.
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA busy_timeout = 2000");
      statement.execute("PRAGMA synchronous = NORMAL");
      statement.execute("PRAGMA trusted_schema = OFF");
      if (Schema.number(connection, "PRAGMA user_version") == 0) {
        connection.setAutoCommit(false);
        Schema.USAGE.install(connection);
        connection.setAutoCommit(true);
      } else if (!Schema.USAGE.marked(connection)) {
        throw new SQLException("usage.db is of another version");
      }
      // Beside the schema, because files of before have none.
      statement.execute(
          "CREATE TABLE IF NOT EXISTS key_uses (namespace TEXT NOT NULL, name TEXT NOT NULL,"
              + " at TEXT NOT NULL, PRIMARY KEY (namespace, name)) STRICT");
      return connection;
    } catch (SQLException failed) {
      connection.close();
      throw failed;
    }
  }

  @Override
  public synchronized void close() {
    var left = opened;
    opened = null;
    try {
      if (left != null) {
        left.close();
      }
    } catch (SQLException _) {
      // What was committed is on the disk.
    }
  }
}
