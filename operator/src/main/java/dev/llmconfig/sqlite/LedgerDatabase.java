package dev.llmconfig.sqlite;

import dev.llmconfig.mirror.Freshness;
import dev.llmconfig.mirror.Heartbeat;
import dev.llmconfig.mirror.StoreFailure;
import dev.llmconfig.mirror.StoreFailure.Cause;
import dev.llmconfig.store.local.Ledger;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `config.db` as the truth: one file with the objects and, beside them, the rows that a mirror
/// would have, so that whoever reads a mirror reads it. All of it throws [StoreFailure] with a
/// sentence when the file cannot be had, and then nothing was written.
public final class LedgerDatabase implements Ledger {

  /// It is always what is there, in the only namespace, by the only replica, which leads.
  private static final Heartbeat TRUTH =
      new Heartbeat(
          Freshness.ALWAYS,
          Set.of("default"),
          "standalone",
          "standalone",
          OptionalInt.of(1),
          Map.of(),
          List.of());

  private final DatabaseFiles files;
  private final DirectoryLock lock;
  private final InstantSource clock;
  private final Seat writer;
  private final Seat reader;
  private final Optional<Object> identity;

  /// A connection and the platform thread that alone uses it: calls into SQLite are native, and
  /// would hold up the virtual threads beside them.
  private record Seat(
      Connection connection, ExecutorService thread, AtomicReference<@Nullable Thread> taken) {

    static Seat of(Connection connection, String name) {
      var threads = Thread.ofPlatform().name(name).daemon().factory();
      return new Seat(
          connection, Executors.newSingleThreadExecutor(threads), new AtomicReference<>());
    }

    <T> Future<T> has(Callable<T> work) {
      if (taken.get() == Thread.currentThread()) {
        throw new IllegalStateException("a transaction within a transaction would wait for ever");
      }
      return thread.submit(() -> {
        taken.set(Thread.currentThread());
        return work.call();
      });
    }

    void leave() {
      thread.close();
      LedgerDatabase.close(connection);
    }
  }

  /// For tests: limits on a connection bring SQLite's own errors about.
  interface OnOpening {
    void opened(Connection connection) throws SQLException;
  }

  private LedgerDatabase(
      DatabaseFiles files,
      DirectoryLock lock,
      InstantSource clock,
      Connection writer,
      Connection reader,
      Optional<Object> identity) {
    this.files = files;
    this.lock = lock;
    this.clock = clock;
    this.writer = Seat.of(writer, "ledger-writer");
    this.reader = Seat.of(reader, "ledger-reader");
    this.identity = identity;
  }

  /// Opens what is there, or makes it. The directory is this process's alone until it is closed.
  public static LedgerDatabase open(Path directory, InstantSource clock) {
    return open(directory, clock, _ -> {});
  }

  static LedgerDatabase open(Path directory, InstantSource clock, OnOpening onOpening) {
    var files = DatabaseFiles.in(directory, ConfigDatabase.NAME);
    var lock = new DirectoryLock(directory.resolve(ConfigDatabase.NAME + "-lock"));
    try {
      LedgerFile.makePrivateDirectory(directory);
      lock.take();
      return opened(files, lock, clock, onOpening);
    } catch (SQLException failed) {
      lock.close();
      throw Failures.ofTruth(failed, files.directory());
    } catch (IOException failed) {
      lock.close();
      throw new StoreFailure(
          Cause.READ_ONLY,
          "%s cannot be made the store of this user alone; choose another --data-dir, or make it writable"
              .formatted(files.directory()),
          failed);
    } catch (RuntimeException refused) {
      lock.close();
      throw refused;
    }
  }

  private static LedgerDatabase opened(
      DatabaseFiles files, DirectoryLock lock, InstantSource clock, OnOpening onOpening)
      throws IOException, SQLException {
    var file = new LedgerFile(files);
    file.prepare();
    var writer = file.connect();
    try {
      onOpening.opened(writer);
      inTransaction(
          writer,
          files.directory(),
          () -> {
            file.install(writer, clock.instant());
            return true;
          });
      return new LedgerDatabase(files, lock, clock, writer, files.forReading(), files.identity());
    } catch (SQLException | IOException | RuntimeException failed) {
      close(writer);
      throw failed;
    }
  }

  /// Looks at what is there without changing a byte of it. Empty where nothing is, or nothing that
  /// can be read: opening it says what is wrong.
  public static <T> Optional<T> peek(Path directory, Function<View, T> work) {
    var files = DatabaseFiles.in(directory, ConfigDatabase.NAME);
    try {
      if (files.empty()) {
        return Optional.empty();
      }
      try (var connection = files.forReading()) {
        return Schema.tables(connection).contains("migration_versions")
            ? Optional.of(work.apply(new LedgerPage(connection, Instant.EPOCH, TRUTH)))
            : Optional.empty();
      }
    } catch (SQLException | IOException | QueryFailed _) {
      return Optional.empty();
    }
  }

  @Override
  public <T> T change(Function<Page, T> work) {
    return waited(
        writer.has(() -> {
          refuseAnotherFile();
          return inTransaction(
              writer.connection(),
              files.directory(),
              () -> work.apply(new LedgerPage(writer.connection(), clock.instant(), TRUTH)));
        }));
  }

  @Override
  public <T> T look(Function<View, T> work) {
    return waited(
        reader.has(() -> {
          var connection = reader.connection();
          connection.setAutoCommit(false); // one snapshot for all that is asked
          try {
            return work.apply(new LedgerPage(connection, clock.instant(), TRUTH));
          } finally {
            connection.setAutoCommit(true);
          }
        }));
  }

  /// A copy of one state, while this or another process goes on writing; it takes the place of
  /// `config.db` as it is.
  ///
  /// @throws StoreFailure also when there is such a file already, and when there is nothing to copy
  public static void backup(Path directory, Path copy) {
    var files = DatabaseFiles.in(directory, ConfigDatabase.NAME);
    var target = copy.toAbsolutePath();
    try {
      if (files.empty()) {
        throw new StoreFailure(
            Cause.READ_ONLY, "there is no config.db in %s".formatted(directory), null);
      }
      // Made before anything is in it, so that nobody else ever reads it; SQLite takes an empty
      // one.
      Files.createFile(target, PosixFilePermissions.asFileAttribute(LedgerFile.PRIVATE));
    } catch (IOException refused) {
      throw new StoreFailure(
          Cause.READ_ONLY,
          Files.exists(target)
              ? "%s is there already and is not written over; name another file".formatted(target)
              : "%s cannot be made; name a file in a directory that can be written to"
                  .formatted(target),
          refused);
    }
    try {
      copy(files, target);
    } catch (SQLException failed) {
      discard(target);
      throw new StoreFailure(
          Failures.ofTruth(failed, directory).why(),
          "config.db in %s could not be copied to %s (%s), so there is no backup"
              .formatted(directory, target, Failures.code(failed)),
          failed);
    } catch (IOException failed) {
      discard(target);
      throw new StoreFailure(
          Cause.DISK_FULL, "%s could not be kept, so there is no backup".formatted(target), failed);
    } catch (StoreFailure refused) {
      discard(target);
      throw refused;
    }
  }

  private static void copy(DatabaseFiles files, Path target) throws SQLException, IOException {
    try (var connection = files.forReading()) {
      new LedgerFile(files).refuseForeign(connection);
      try (var statement = connection.prepareStatement("VACUUM INTO ?")) {
        statement.setString(1, target.toString());
        statement.executeUpdate();
      }
    }
    try (var channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static void discard(Path copy) {
    try {
      Files.deleteIfExists(copy);
    } catch (IOException _) {
      // It says by its size that it is none.
    }
  }

  @Override
  public void close() {
    reader.leave();
    writer.leave();
    lock.close();
  }

  /// What is written to a file without a name is lost with the process.
  private void refuseAnotherFile() throws IOException {
    if (!files.identity().equals(identity)) {
      throw new StoreFailure(
          Cause.BROKEN,
          "config.db in %s is not the file that was opened, so nothing was saved; start again"
              .formatted(files.directory()),
          null);
    }
  }

  /// The work goes on when its caller is interrupted, so its end is waited for.
  private <T> T waited(Future<T> work) {
    var interrupted = false;
    try {
      while (true) {
        try {
          return work.get();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    } catch (ExecutionException failed) {
      throw switch (failed.getCause()) {
        case QueryFailed query -> Failures.ofTruth(query.reason(), files.directory());
        case SQLException sql -> Failures.ofTruth(sql, files.directory());
        case RuntimeException reason -> reason;
        case Error error -> throw error;
        case null, default -> new IllegalStateException(failed.getCause());
      };
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static <T> T inTransaction(Connection connection, Path directory, Callable<T> work)
      throws SQLException, IOException {
    LedgerFile.execute(connection, "BEGIN IMMEDIATE");
    try {
      var done = work.call();
      LedgerFile.execute(connection, "COMMIT");
      return done;
    } catch (QueryFailed failed) {
      rollBack(connection);
      throw Failures.ofTruth(failed.reason(), directory);
    } catch (SQLException | IOException | RuntimeException | Error failed) {
      rollBack(connection);
      throw failed;
    } catch (Exception impossible) {
      rollBack(connection);
      throw new IllegalStateException(impossible);
    }
  }

  /// SQLite has often done it already, and says so with an error.
  private static void rollBack(Connection connection) {
    try {
      LedgerFile.execute(connection, "ROLLBACK");
    } catch (SQLException _) {
      // There was nothing to do.
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException _) {
      // What was committed is on the disk.
    }
  }
}
