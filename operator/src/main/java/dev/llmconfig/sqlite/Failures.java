package dev.llmconfig.sqlite;

import dev.llmconfig.mirror.StoreFailure;
import dev.llmconfig.mirror.StoreFailure.Cause;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// What an error of SQLite means for the rows. No text of the driver is passed on: it can quote
/// what was written.
final class Failures {

  private Failures() {}

  static StoreFailure of(SQLException error, Path directory) {
    return switch (cause(code(error))) {
      case DISK_FULL ->
          new StoreFailure(
              Cause.DISK_FULL,
              "the disk of %s is full, so the mirror stays as it is; make room there"
                  .formatted(directory),
              error);
      case READ_ONLY ->
          new StoreFailure(
              Cause.READ_ONLY,
              "%s cannot be written to, so the mirror stays as it is; make it writable"
                  .formatted(directory),
              error);
      case TAKEN ->
          new StoreFailure(
              Cause.TAKEN,
              "another process holds config.db in %s, so the mirror stays as it is; give each process a directory of its own"
                  .formatted(directory),
              error);
      case BROKEN ->
          new StoreFailure(
              Cause.BROKEN,
              "config.db in %s is damaged (%s) and is made anew".formatted(directory, code(error)),
              error);
    };
  }

  /// The same of a file that is the truth.
  static StoreFailure ofTruth(SQLException error, Path directory) {
    var cause = cause(code(error));
    return new StoreFailure(
        cause,
        switch (cause) {
          case DISK_FULL ->
              "the disk of %s is full, so nothing was saved; make room there and try again"
                  .formatted(directory);
          case READ_ONLY ->
              "%s cannot be written to, so nothing was saved; make it writable and try again"
                  .formatted(directory);
          case TAKEN ->
              "another process holds config.db in %s, so nothing was saved; end it and try again"
                  .formatted(directory);
          case BROKEN -> broken(directory, code(error).name());
        },
        error);
  }

  /// It may be all that there is, so nobody touches it.
  static String broken(Path directory, String how) {
    return "config.db in %s cannot be read (%s) and is left as it is; put a backup in its place"
        .formatted(directory, how);
  }

  static SQLiteErrorCode code(SQLException error) {
    return error instanceof SQLiteException known
        ? known.getResultCode()
        : SQLiteErrorCode.UNKNOWN_ERROR;
  }

  private static Cause cause(SQLiteErrorCode code) {
    return switch (code) {
      // A quota and a limit on file sizes end a write with an error of input and output.
      case SQLITE_FULL,
          SQLITE_IOERR_WRITE,
          SQLITE_IOERR_FSYNC,
          SQLITE_IOERR_DIR_FSYNC,
          SQLITE_IOERR_TRUNCATE,
          SQLITE_IOERR_SHMSIZE,
          SQLITE_IOERR_NOMEM ->
          Cause.DISK_FULL;
      case SQLITE_READONLY,
          SQLITE_READONLY_CANTINIT,
          SQLITE_READONLY_CANTLOCK,
          SQLITE_READONLY_DIRECTORY,
          SQLITE_READONLY_RECOVERY,
          SQLITE_READONLY_ROLLBACK,
          SQLITE_CANTOPEN,
          SQLITE_CANTOPEN_ISDIR,
          SQLITE_CANTOPEN_FULLPATH,
          SQLITE_PERM,
          SQLITE_IOERR_SHMOPEN,
          SQLITE_IOERR_ACCESS ->
          Cause.READ_ONLY;
      case SQLITE_BUSY,
          SQLITE_BUSY_RECOVERY,
          SQLITE_BUSY_SNAPSHOT,
          SQLITE_BUSY_TIMEOUT,
          SQLITE_LOCKED ->
          Cause.TAKEN;
      default -> Cause.BROKEN;
    };
  }
}
