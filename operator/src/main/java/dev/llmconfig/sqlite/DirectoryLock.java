package dev.llmconfig.sqlite;

import dev.llmconfig.mirror.StoreFailure;
import dev.llmconfig.mirror.StoreFailure.Cause;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// One writer for one directory: two mirrors in one would drop each other's rows for ever. A file
/// of its own, because closing a handle of the database would give up SQLite's locks.
final class DirectoryLock implements AutoCloseable {

  private final Path file;
  private @Nullable FileChannel held;

  DirectoryLock(Path file) {
    this.file = file;
  }

  void take() throws IOException {
    if (held != null) {
      return;
    }
    var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!locked(channel)) {
      channel.close();
      throw new StoreFailure(
          Cause.TAKEN,
          "another process writes the mirror in %s; give each process a --data-dir of its own"
              .formatted(file.toAbsolutePath().getParent()),
          null);
    }
    held = channel;
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      if (held != null) {
        held.close();
      }
    } catch (IOException _) {
      // The end of the process gives it up.
    }
    held = null;
  }
}
