package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.Fingerprints;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.reconcile.Encryption;
import dev.llmconfig.reconcile.Encryptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// A ring on its way from the operator to the sidecar.
class HandedRingTest {

  @TempDir Path directory;

  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(HandedRing.class);

  @BeforeEach
  void listen() {
    lines.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(lines);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(lines);
    logger.setLevel(null);
  }

  @Test
  void itIsThereFromTheMomentItIsHandedOverAndEndsWithIt() {
    var handed = new HandedRing(directory);
    var shared = new RunDirectory(directory);
    assertThat(handed.current()).isEmpty();

    var first = encryption();
    shared.hold(holding(Optional.of(first)));
    assertThat(handed.current().orElseThrow().ids()).isEqualTo(first.ring().ids());
    assertThat(handed.current().orElseThrow())
        .as("a file that is the same is not read again")
        .isSameAs(handed.current().orElseThrow());

    var second = new Encryption(first.ring().withFirst(FernetKey.generate()), first.fingerprints());
    shared.hold(holding(Optional.of(second)));
    assertThat(handed.current().orElseThrow().ids()).isEqualTo(second.ring().ids());

    shared.hold(holding(Optional.empty()));
    assertThat(handed.current()).isEmpty();

    shared.hold(holding(Optional.of(first)));
    assertThat(handed.current().orElseThrow().ids()).isEqualTo(first.ring().ids());
  }

  @Test
  void filesAreForTheirOwnerAndNothingElseIsLeft() throws IOException {
    var encryption = encryption();
    var shared = new RunDirectory(directory);
    shared.hold(holding(Optional.of(encryption)));
    shared.hold(holding(Optional.of(encryption)));

    try (var files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("keyring", "fingerprint-key");
    }
    for (var name : new String[] {"keyring", "fingerprint-key"}) {
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name))))
          .isEqualTo("rw-------");
    }
    assertThat(
            Fingerprints.parse(Files.readAllBytes(directory.resolve("fingerprint-key")))
                .orElseThrow()
                .installationId())
        .isEqualTo(encryption.installation());
  }

  @Test
  void whatDoesNotParseLeavesInForceWhatWasReadBefore() throws IOException {
    var ring = KeyRing.of(FernetKey.generate());
    write(ring.text().use(text -> new String(text, StandardCharsets.US_ASCII)));
    var handed = new HandedRing(directory);
    assertThat(handed.current()).isPresent();

    write("half-a-secret");

    assertThat(handed.current().orElseThrow().ids()).isEqualTo(ring.ids());
    assertThat(new HandedRing(directory).current()).isEmpty();
  }

  @Test
  void theLogNamesTheFileAndNothingOfIt() throws IOException {
    var ring = KeyRing.of(FernetKey.generate());
    var text = ring.text().use(bytes -> new String(bytes, StandardCharsets.US_ASCII));
    var handed = new HandedRing(directory);
    for (var content : new String[] {text, "half-a-secret", text}) {
      write(content);
      var _ = handed.current();
    }
    Files.delete(directory.resolve("keyring"));
    for (int at = 0; at < 3; at++) {
      assertThat(handed.current()).isEmpty();
    }

    assertThat(lines.list.stream().map(HandedRingTest::whole))
        .hasSize(4)
        .allSatisfy(line -> assertThat(line).doesNotContain(text, "half-a-secret"))
        .last()
        .asString()
        .contains("KeyRingMissing", "keyring");
  }

  private static String whole(ILoggingEvent event) {
    return event.getFormattedMessage() + " " + event.getKeyValuePairs();
  }

  private void write(String text) throws IOException {
    var draft = Files.writeString(directory.resolve("draft"), text);
    Files.move(
        draft,
        directory.resolve("keyring"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }

  private static Encryption encryption() {
    return new Encryption(KeyRing.of(FernetKey.generate()), Fingerprints.generate());
  }

  private static Encryptions holding(Optional<Encryption> encryption) {
    return new Encryptions() {
      @Override
      public Optional<Encryption> current() {
        return encryption;
      }

      @Override
      public Subscription onChange(Runnable listener) {
        return () -> {};
      }
    };
  }
}
