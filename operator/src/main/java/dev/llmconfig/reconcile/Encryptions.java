package dev.llmconfig.reconcile;

import java.util.Optional;

/// What the installation encrypts with at this moment; empty while there is no key ring.
@FunctionalInterface
public interface Encryptions {

  Optional<Encryption> current();
}
