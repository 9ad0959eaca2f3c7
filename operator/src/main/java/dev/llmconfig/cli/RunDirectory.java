package dev.llmconfig.cli;

import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.reconcile.Encryptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the operator hands over what the sidecar of its pod cannot fetch: a directory in memory
/// that the two share. Files are for their owner alone and replaced as a whole, so that nobody
/// reads half of one.
final class RunDirectory {

  static final Path IN_A_POD = Path.of("/run/llmconfig");
  static final String KEY_RING = "keyring";
  static final String FINGERPRINT_KEY = "fingerprint-key";
  static final String REVIEW_TOKEN = "review-token";

  private static final Logger log = LoggerFactory.getLogger(RunDirectory.class);

  private final Path directory;

  RunDirectory(Path directory) {
    this.directory = directory;
  }

  /// Without a ring there is no file either: the sidecar is to stop when the operator does.
  synchronized void hold(Encryptions encryptions) {
    var encryption = encryptions.current();
    try {
      if (encryption.isEmpty()) {
        Files.deleteIfExists(directory.resolve(KEY_RING));
        return;
      }
      try (var names = encryption.get().fingerprints().text()) {
        replace(FINGERPRINT_KEY, names);
      }
      try (var ring = encryption.get().ring().text()) {
        replace(KEY_RING, ring);
      }
    } catch (IOException failed) {
      log.atError()
          .addKeyValue("directory", directory)
          .addKeyValue("cause", failed.getClass().getSimpleName())
          .log("The key ring cannot be handed to the sidecar; check the volume");
    }
  }

  /// For as long as it is good; then there is another one.
  synchronized void hold(SecretBytes reviewToken) {
    try {
      replace(REVIEW_TOKEN, reviewToken);
    } catch (IOException failed) {
      log.atError()
          .addKeyValue("directory", directory)
          .addKeyValue("cause", failed.getClass().getSimpleName())
          .log("The token for reviews cannot be handed to the sidecar; check the volume");
    }
  }

  private void replace(String name, SecretBytes content) throws IOException {
    var draft = directory.resolve("." + name + ".new");
    Files.deleteIfExists(draft);
    try (var file =
        FileChannel.open(
            draft,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            ownersOnly(directory))) {
      var bytes = content.copy();
      try (var _ = SecretBytes.taking(bytes)) {
        var left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
          file.write(left);
        }
      }
      file.force(true);
    }
    Files.move(
        draft,
        directory.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static FileAttribute<?>[] ownersOnly(Path directory) {
    return directory.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
