package dev.llmconfig.cli;

import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.RingSource;
import dev.llmconfig.crypto.SecretBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The key ring that the operator hands over as a file. Whoever asks gets that of the file which is
/// there now: looking whether it is another one costs less than being told, and is never late.
final class HandedRing implements RingSource {

  private static final Logger log = LoggerFactory.getLogger(HandedRing.class);

  private final Path file;
  private Optional<Seen> seen = Optional.empty();
  private Optional<KeyRing> ring = Optional.empty();
  private String said = "";

  /// Which file it is. A rename brings another one, and a write another time.
  private record Seen(Optional<Object> identity, FileTime changed, long size) {
    static Seen of(BasicFileAttributes attributes) {
      return new Seen(
          Optional.ofNullable(attributes.fileKey()),
          attributes.lastModifiedTime(),
          attributes.size());
    }
  }

  HandedRing(Path directory) {
    this.file = directory.resolve(RunDirectory.KEY_RING);
  }

  @Override
  public synchronized Optional<KeyRing> current() {
    try {
      var now = Seen.of(Files.readAttributes(file, BasicFileAttributes.class));
      if (!seen.equals(Optional.of(now))) {
        take(Files.readAllBytes(file));
        seen = Optional.of(now);
      }
    } catch (NoSuchFileException _) {
      nothing("is not there yet, or not any more");
    } catch (IOException _) {
      nothing("cannot be read; check who may");
    }
    return ring;
  }

  /// What does not parse leaves in force what was read before. An older ring is not wiped, because
  /// somebody may be in the middle of using it.
  private void take(byte[] bytes) {
    try (var text = SecretBytes.taking(bytes)) {
      switch (KeyRing.parse(text)) {
        case KeyRing.Parsed.Valid(var parsed) -> {
          ring = Optional.of(parsed);
          said = "";
          log.atInfo()
              .addKeyValue("file", file)
              .addKeyValue("encrypts", parsed.first())
              .log("The key ring was read");
        }
        case KeyRing.Parsed.Invalid _ ->
            log.atError().addKeyValue("file", file).log("The key ring does not parse");
      }
    }
  }

  private void nothing(String why) {
    seen = Optional.empty();
    ring = Optional.empty();
    if (!said.equals(why)) {
      said = why;
      log.atWarn()
          .addKeyValue("file", file)
          .addKeyValue("reason", "KeyRingMissing")
          .log("The key ring {}", why);
    }
  }
}
