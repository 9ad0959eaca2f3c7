package dev.llmconfig.sqlite;

import dev.llmconfig.mirror.StoreFailure;
import dev.llmconfig.mirror.StoreFailure.Cause;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// One writer for one directory: two mirrors in one would drop each other's rows for ever. A file
/// of its own, because closing a handle of the database would give up SQLite's locks.
final class DirectoryLock implements AutoCloseable {

  private static final int LONGEST = 32;

  private final Path file;
  private @Nullable FileChannel held;

  DirectoryLock(Path file) {
    this.file = file;
  }

  void take() throws IOException {
    if (held != null) {
      return;
    }
    var channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (!locked(channel)) {
      var holder = holder(channel);
      channel.close();
      throw new StoreFailure(
          Cause.TAKEN,
          "another process%s has %s; give each process a --data-dir of its own"
              .formatted(holder, file.toAbsolutePath().getParent()),
          null);
    }
    held = channel;
    sign(channel);
  }

  private static void sign(FileChannel channel) {
    try {
      channel.truncate(0);
      channel.write(StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"), 0);
    } catch (IOException _) {
      // A full disk: then the next one is told less.
    }
  }

  /// Whoever has it has written its number there, unless its disk was full.
  private static String holder(FileChannel channel) throws IOException {
    var text = ByteBuffer.allocate(LONGEST);
    channel.read(text, 0);
    var pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
    return pid.matches("[0-9]+") ? " (pid %s)".formatted(pid) : "";
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
