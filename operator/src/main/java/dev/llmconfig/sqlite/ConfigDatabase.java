package dev.llmconfig.sqlite;

import dev.llmconfig.mirror.Heartbeat;
import dev.llmconfig.mirror.MirrorStore;
import dev.llmconfig.mirror.RowChange;
import dev.llmconfig.mirror.StoreFailure;
import dev.llmconfig.mirror.StoreFailure.Cause;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;

/// `config.db` as a mirror: written by this process alone, and dropped whenever it is not as it was
/// left. Not for several threads.
public final class ConfigDatabase implements MirrorStore {

  public static final String NAME = "config.db";

  private static final Logger log = LoggerFactory.getLogger(ConfigDatabase.class);
  private static final Duration CHECK = Duration.ofMinutes(5);

  private final DatabaseFiles files;
  private final DirectoryLock lock;
  private final OnOpening onOpening;
  private final InstantSource clock;
  private @Nullable Opened opened;

  /// What is open, which files these are, and how they were left.
  private record Opened(
      Connection connection,
      DatabaseFiles.Identities files,
      DatabaseFiles.Marks marks,
      long commits,
      Instant checkedAt) {}

  /// For tests: limits on a connection bring SQLite's own errors about.
  interface OnOpening {
    void opened(Connection connection) throws SQLException;
  }

  private ConfigDatabase(Path directory, InstantSource clock, OnOpening onOpening) {
    this.files = DatabaseFiles.in(directory, NAME);
    this.lock = new DirectoryLock(directory.resolve(NAME + "-lock"));
    this.clock = clock;
    this.onOpening = onOpening;
  }

  /// Nothing is opened yet: a disk that is full at the start is waited for like any other.
  public static ConfigDatabase in(Path directory, InstantSource clock) {
    return in(directory, clock, _ -> {});
  }

  static ConfigDatabase in(Path directory, InstantSource clock, OnOpening onOpening) {
    return new ConfigDatabase(directory, clock, onOpening);
  }

  @Override
  public boolean intact() {
    if (opened == null) {
      return false;
    }
    try {
      return unharmed(opened);
    } catch (SQLException | IOException unreadable) {
      return false;
    }
  }

  @Override
  public void rebuild(Content content, Heartbeat heartbeat) {
    if (!intact()) {
      reopen();
    }
    inTransaction(connection -> new Writing(connection, clock.instant()).all(content, heartbeat));
  }

  @Override
  public void write(List<RowChange> changes) {
    inTransaction(connection -> new Writing(connection, clock.instant()).changes(changes));
  }

  @Override
  public void beat(Heartbeat heartbeat) {
    inTransaction(connection -> Meta.write(connection, Meta.of(heartbeat)));
  }

  @Override
  public void close() {
    disconnect();
    lock.close();
  }

  /// Somebody else's commit, another file under our name, or a file that was written past us.
  private boolean unharmed(Opened left) throws SQLException, IOException {
    var now = files.marks();
    if (!now.equals(left.marks())
        || !now.identities().equals(left.files())
        || Schema.number(left.connection(), "PRAGMA data_version") != left.commits()) {
      return false;
    }
    if (clock.instant().isBefore(left.checkedAt().plus(CHECK))) {
      return true;
    }
    opened =
        new Opened(left.connection(), left.files(), left.marks(), left.commits(), clock.instant());
    // A connection of its own, because this one looks into its cache.
    try (var other = files.forReading()) {
      return sound(other);
    }
  }

  /// What is there is used when it is sound and of this schema; else it is dropped.
  private void reopen() {
    disconnect();
    try {
      lock.take();
      var connection = usable();
      if (connection == null) {
        files.delete();
        connection = connect();
        install(connection);
      }
      remember(connection);
    } catch (SQLException failed) {
      throw Failures.of(failed, files.directory());
    } catch (IOException failed) {
      throw new StoreFailure(
          Cause.READ_ONLY,
          "%s cannot be written to, so the mirror stays as it is; make it writable"
              .formatted(files.directory()),
          failed);
    }
  }

  private @Nullable Connection usable() throws IOException, SQLException {
    if (files.empty()) {
      return null; // a reader that has it open would not let us into it
    }
    Connection connection = null;
    try {
      connection = connect();
      if (Schema.CONFIG.fits(connection) && sound(connection)) {
        return connection;
      }
      Standalone.refuse(connection, files.directory());
      log.info("config.db is damaged or of another version; it is made anew");
    } catch (SQLException unreadable) {
      var failure = Failures.of(unreadable, files.directory());
      if (failure.why() != Cause.BROKEN) {
        close(connection);
        throw unreadable;
      }
      log.atWarn().addKeyValue("error", Failures.code(unreadable)).log("config.db is damaged");
    }
    close(connection);
    return null;
  }

  private static boolean sound(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("PRAGMA quick_check(1)")) {
      return rows.next() && "ok".equals(rows.getString(1));
    }
  }

  private Connection connect() throws SQLException {
    var config = new SQLiteConfig();
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.setBusyTimeout(0);
    var connection = config.createConnection(files.url());
    try (var statement = connection.createStatement()) {
      // WAL first, then the patience: the other way round the switch to WAL can fail.
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA busy_timeout = 5000");
      // A mirror that lost its last second is rebuilt; it need not be fetched from the disk's
      // cache.
      statement.execute("PRAGMA synchronous = NORMAL");
      statement.execute("PRAGMA journal_size_limit = 4194304");
      statement.execute("PRAGMA trusted_schema = OFF");
      onOpening.opened(connection);
      return connection;
    } catch (SQLException failed) {
      close(connection);
      throw failed;
    }
  }

  private void install(Connection connection) throws SQLException {
    try {
      connection.setAutoCommit(false);
      Schema.CONFIG.install(connection);
      connection.setAutoCommit(true);
    } catch (SQLException failed) {
      close(connection);
      throw failed;
    }
  }

  /// The files stay those that were opened, also when one of them went away this very moment.
  private void remember(Connection connection) throws SQLException, IOException {
    var left = opened;
    var marks = files.marks();
    opened =
        new Opened(
            connection,
            left == null ? marks.identities() : left.files(),
            marks,
            Schema.number(connection, "PRAGMA data_version"),
            left == null ? clock.instant() : left.checkedAt());
  }

  private interface Work {
    void in(Connection connection) throws SQLException;
  }

  private void inTransaction(Work work) {
    var left = opened;
    if (left == null) {
      throw new IllegalStateException("rebuild comes first");
    }
    var connection = left.connection();
    try {
      connection.setAutoCommit(false);
      work.in(connection);
      connection.setAutoCommit(true);
      remember(connection);
    } catch (SQLException failed) {
      var failure = Failures.of(failed, files.directory());
      rollBack(connection, failure);
      throw failure;
    } catch (IOException unreadable) {
      throw new StoreFailure(
          Cause.BROKEN,
          "config.db in %s cannot be looked at".formatted(files.directory()),
          unreadable);
    } catch (RuntimeException defect) {
      rollBack(connection, defect);
      throw defect;
    }
  }

  /// What was there stays. The failed attempt may have written to the files, and that was us.
  private void rollBack(Connection connection, Throwable failure) {
    // SQLite has often done it already, and says so with an error; the driver then believes that a
    // transaction is open until it is told to commit.
    attempt(() -> execute(connection, "ROLLBACK"));
    attempt(() -> connection.setAutoCommit(true));
    try {
      remember(connection);
    } catch (SQLException | IOException again) {
      failure.addSuppressed(again);
      disconnect();
    }
  }

  private interface Step {
    void take() throws SQLException;
  }

  private static void attempt(Step step) {
    try {
      step.take();
    } catch (SQLException _) {
      // There was nothing to do.
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void disconnect() {
    var left = opened;
    opened = null;
    if (left != null) {
      close(left.connection());
    }
  }

  private static void close(@Nullable Connection connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException _) {
      // There is nothing left to lose: what was committed is on the disk.
    }
  }
}
