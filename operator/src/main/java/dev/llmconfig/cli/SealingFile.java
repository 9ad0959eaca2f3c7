package dev.llmconfig.cli;

import dev.llmconfig.crypto.SealingCertificate;
import dev.llmconfig.store.Sealing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/// The certificate in a file, as it is at the moment: its controller makes a new one every month.
record SealingFile(Path file) implements Sealing {

  @Override
  public Optional<SealingCertificate.Read> certificate() {
    try {
      return Optional.of(
          SealingCertificate.read(Files.readAllBytes(file), InstantSource.system().instant()));
    } catch (IOException unreadable) {
      return Optional.of(
          new SealingCertificate.Read.Refused(
              "cannot be read; correct the file that --sealing-certificate names"));
    }
  }
}
