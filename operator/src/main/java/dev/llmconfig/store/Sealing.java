package dev.llmconfig.store;

import dev.llmconfig.crypto.SealingCertificate;
import java.util.Optional;

/// What keys are sealed with. It comes from whoever runs this process and from nobody else: a
/// certificate in a request would hand the key to its sender.
@FunctionalInterface
public interface Sealing {

  Sealing NONE = Optional::empty;

  /// Read each time, since the controller renews it; empty where none is configured.
  Optional<SealingCertificate.Read> certificate();
}
