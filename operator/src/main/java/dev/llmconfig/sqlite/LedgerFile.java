package dev.llmconfig.sqlite;

import dev.llmconfig.mirror.StoreFailure;
import dev.llmconfig.mirror.StoreFailure.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.sqlite.SQLiteConfig;

/// `config.db` on its way to being open as the truth. Whatever is wrong with it, nothing of it is
/// dropped but rows, which are made of the objects.
final class LedgerFile {

  /// The form of the tables that stay.
  private static final String FORM = "ledger_1";

  private static final byte[] MAGIC = {
    'S', 'Q', 'L', 'i', 't', 'e', ' ', 'f', 'o', 'r', 'm', 'a', 't', ' ', '3', 0
  };

  /// Where the header says whether the file has a log beside it.
  private static final int WRITE_VERSION = 18;

  private static final byte WITH_LOG = 2;

  private static final Set<PosixFilePermission> OF_THE_OWNER =
      PosixFilePermissions.fromString("rwx------");
  static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.of(
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private final DatabaseFiles files;

  LedgerFile(DatabaseFiles files) {
    this.files = files;
  }

  static void makePrivateDirectory(Path directory) throws IOException {
    Files.createDirectories(directory);
    restrict(directory, OF_THE_OWNER);
  }

  /// What somebody else's disk does not let us restrict may at least not be open to all.
  private static void restrict(Path path, Set<PosixFilePermission> allowed) throws IOException {
    try {
      if (!Files.getPosixFilePermissions(path).equals(allowed)) {
        Files.setPosixFilePermissions(path, allowed);
      }
    } catch (UnsupportedOperationException _) {
      // This system has other ways.
    } catch (IOException refused) {
      if (Files.getPosixFilePermissions(path).stream().anyMatch(OF_OTHERS::contains)) {
        throw refused;
      }
    }
  }

  /// Makes it, or looks at what is there before anything is written to it.
  void prepare() throws IOException, SQLException {
    if (Files.notExists(files.main())) {
      files.deleteLog(); // of a file that somebody has taken away
      Files.createFile(files.main());
    }
    restrict(files.main(), PRIVATE);
    if (files.empty()) {
      return;
    }
    refuseNoDatabase();
    // Not for reading only: a switch to WAL that a kill cut short has to be undone.
    try (var look = new SQLiteConfig().createConnection(files.url())) {
      refuseForeign(look);
    }
  }

  private void refuseNoDatabase() throws IOException {
    byte[] header;
    try (var stream = Files.newInputStream(files.main())) {
      header = stream.readNBytes(WRITE_VERSION + 1);
    }
    if (header.length <= WRITE_VERSION
        || !Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new StoreFailure(
          Cause.BROKEN, Failures.broken(files.directory(), "it is no database"), null);
    }
    if (header[WRITE_VERSION] != WITH_LOG) {
      // A backup, which has no log: the one beside it is of the file that was there before, and
      // would be taken for its own.
      files.deleteLog();
    }
  }

  void refuseForeign(Connection connection) throws SQLException {
    var tables = Schema.tables(connection);
    var application = Schema.number(connection, "PRAGMA application_id");
    if (tables.isEmpty() && application == 0) {
      return;
    }
    if (application != Schema.APPLICATION_ID) {
      throw new StoreFailure(
          Cause.TAKEN,
          "config.db in %s is of another program and is not touched; choose another --data-dir"
              .formatted(files.directory()),
          null);
    }
    if (!tables.contains("migration_versions")) {
      throw new StoreFailure(
          Cause.TAKEN,
          "config.db in %s is the mirror of an operator; choose another --data-dir"
              .formatted(files.directory()),
          null);
    }
  }

  Connection connect() throws SQLException {
    var config = new SQLiteConfig();
    config.setBusyTimeout(0);
    var connection = config.createConnection(files.url());
    try (var statement = connection.createStatement()) {
      // WAL first, then the patience: the other way round the switch to WAL can fail.
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA busy_timeout = 5000");
      // It is the truth: what was answered for survives a power cut.
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("PRAGMA journal_size_limit = 4194304");
      statement.execute("PRAGMA trusted_schema = OFF");
      return connection;
    } catch (SQLException failed) {
      connection.close();
      throw failed;
    }
  }

  /// Everything that a new file needs, or rows of this version for the objects of an older one. In
  /// a transaction.
  void install(Connection connection, Instant now) throws SQLException {
    if (Schema.tables(connection).isEmpty()) {
      Schema.LEDGER.add(connection);
      execute(
          connection, "INSERT INTO migration_versions VALUES ('%s', '%s')".formatted(FORM, now));
      execute(connection, "INSERT INTO counter VALUES (0)");
      Schema.CONFIG.install(connection);
    }
    refuseUnknown(connection);
    if (!Schema.CONFIG.fitsBeside(Schema.LEDGER, connection)) {
      var kept = Schema.LEDGER.tables();
      for (var table : Schema.tables(connection)) {
        if (!kept.contains(table)) {
          execute(connection, "DROP TABLE \"%s\"".formatted(table.replace("\"", "\"\"")));
        }
      }
      Schema.CONFIG.install(connection);
    }
    // No number comes twice, even when a backup takes the place of a file that knew later ones.
    execute(connection, "UPDATE counter SET last = max(last, %d)".formatted(now.toEpochMilli()));
  }

  private void refuseUnknown(Connection connection) throws SQLException {
    for (var trouble : troubles(connection)) {
      throw new StoreFailure(Cause.BROKEN, Failures.broken(files.directory(), trouble), null);
    }
    var known =
        Schema.number(
            connection,
            "SELECT count(*) FROM migration_versions WHERE name GLOB 'ledger_[0-9]*' AND name <> '%s'"
                .formatted(FORM));
    if (known > 0) {
      throw new StoreFailure(
          Cause.TAKEN,
          "config.db in %s was written by a newer version and is not touched; start that version"
              .formatted(files.directory()),
          null);
    }
  }

  private static List<String> troubles(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("PRAGMA quick_check(1)")) {
      if (!rows.next() || !"ok".equals(rows.getString(1))) {
        return List.of("it is damaged");
      }
    }
    return Schema.LEDGER.isIn(connection)
        ? List.of()
        : List.of("its tables are not as they were made");
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
