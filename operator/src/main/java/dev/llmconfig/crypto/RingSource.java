package dev.llmconfig.crypto;

import java.util.Optional;

/// The key ring of this moment: it comes, changes and goes while a process runs.
@FunctionalInterface
public interface RingSource {

  /// For a process that has none.
  RingSource NONE = Optional::empty;

  Optional<KeyRing> current();
}
