package dev.llmconfig.reconcile;

import java.util.Optional;

/// What the installation encrypts with at this moment; empty while there is no key ring.
public interface Encryptions {

  Optional<Encryption> current();

  /// Calls back at each change, until the answer is closed.
  Subscription onChange(Runnable listener);

  /// Closing it ends the calls.
  @FunctionalInterface
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
