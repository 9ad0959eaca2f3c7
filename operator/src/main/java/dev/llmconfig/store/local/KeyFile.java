package dev.llmconfig.store.local;

import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.SecretBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// The encryption key beside the store, for people who have no other place for it.
public final class KeyFile {

  public static final String NAME = ".encryption_key";

  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  private final Path file;

  public KeyFile(Path directory) {
    this.file = directory.resolve(NAME);
  }

  /// Empty where there is none.
  ///
  /// @throws StoreRefused when others can read it, or it holds no key
  public Optional<KeyRing> read() {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
        throw new StoreRefused(
            "Others can read %s, so the stored keys are not safe; run chmod 600 on it, and replace the keys if somebody may have read it."
                .formatted(file));
      }
      try (var text = SecretBytes.taking(Files.readAllBytes(file))) {
        return switch (KeyRing.parse(text)) {
          case KeyRing.Parsed.Valid(var ring) -> Optional.of(ring);
          case KeyRing.Parsed.Invalid(var problems) ->
              throw new StoreRefused(
                  "%s is no encryption key: %s; put the backup of it in its place."
                      .formatted(file, problems.getFirst()));
        };
      }
    } catch (IOException unreadable) {
      throw new StoreRefused(
          "%s cannot be read; make it readable for this user, or give the key in ENCRYPTION_KEY_FILE."
              .formatted(file));
    }
  }

  /// A new one, on the disk before anything is encrypted with it.
  public KeyRing make() {
    var key = FernetKey.generate();
    var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (var text = key.text();
        var channel =
            FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner)) {
      text.use(bytes -> {
        write(channel, bytes);
        return true;
      });
      channel.force(true);
    } catch (IOException | Unwritten refused) {
      throw new StoreRefused(
          "%s cannot be written, so there is no key to encrypt with; make the directory writable, or give a key in ENCRYPTION_KEY_FILE."
              .formatted(file));
    }
    return KeyRing.of(key);
  }

  /// What is said at each start with such a key.
  public String warning() {
    return "The stored keys are encrypted with %s; back this file up: without it the stored keys cannot be read."
        .formatted(file);
  }

  private static final class Unwritten extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static void write(FileChannel channel, byte[] bytes) {
    var left = ByteBuffer.wrap(bytes);
    try {
      while (left.hasRemaining()) {
        channel.write(left);
      }
    } catch (IOException failed) {
      throw new Unwritten();
    }
  }
}
