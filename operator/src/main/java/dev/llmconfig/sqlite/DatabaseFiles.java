package dev.llmconfig.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.sqlite.SQLiteConfig;

/// The files of one database. They are looked at and deleted here, and never opened: closing any
/// other handle of such a file gives up the locks that SQLite holds on it.
record DatabaseFiles(Path main) {

  /// Which file it is, and when it was written.
  record Mark(Object identity, long size, FileTime written) {}

  /// What shows that somebody else was there. The index of the WAL is written by readers, too, so
  /// only which file it is counts.
  record Marks(Optional<Mark> main, Optional<Mark> wal, Optional<Object> index) {

    Identities identities() {
      return new Identities(main.map(Mark::identity), wal.map(Mark::identity), index);
    }
  }

  record Identities(Optional<Object> main, Optional<Object> wal, Optional<Object> index) {}

  static DatabaseFiles in(Path directory, String name) {
    return new DatabaseFiles(directory.resolve(name));
  }

  String url() {
    return "jdbc:sqlite:" + main.toAbsolutePath();
  }

  /// As another process does it.
  Connection forReading() throws SQLException {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(2_000);
    return config.createConnection(url());
  }

  Path directory() {
    return Objects.requireNonNull(main.toAbsolutePath().getParent());
  }

  Marks marks() throws IOException {
    return new Marks(mark(main), mark(beside("-wal")), mark(beside("-shm")).map(Mark::identity));
  }

  /// Which file readers would open; empty when there is none.
  Optional<Object> identity() throws IOException {
    return mark(main).map(Mark::identity);
  }

  boolean empty() throws IOException {
    return mark(main).map(Mark::size).orElse(0L) == 0;
  }

  /// The main file first: without it the others are no database.
  void delete() throws IOException {
    for (var file : List.of(main, beside("-wal"), beside("-shm"), beside("-journal"))) {
      Files.deleteIfExists(file);
    }
  }

  /// Without it the main file is as it was when the log was merged into it last.
  void deleteLog() throws IOException {
    Files.deleteIfExists(beside("-wal"));
    Files.deleteIfExists(beside("-shm"));
  }

  private Path beside(String suffix) {
    return main.resolveSibling(main.getFileName() + suffix);
  }

  private static Optional<Mark> mark(Path file) throws IOException {
    try {
      var seen = Files.readAttributes(file, BasicFileAttributes.class);
      var identity = seen.fileKey();
      return Optional.of(
          new Mark(identity == null ? file : identity, seen.size(), seen.lastModifiedTime()));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }
}
