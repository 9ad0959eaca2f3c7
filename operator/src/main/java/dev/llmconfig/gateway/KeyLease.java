package dev.llmconfig.gateway;

import dev.llmconfig.crypto.SecretBytes;
import java.util.Optional;

/// A key for one chat. It is asked for at the moment of the call, so that nobody holds a key until
/// then.
@FunctionalInterface
public interface KeyLease {

  /// For places that are asked without one.
  KeyLease NO_KEY = Optional::empty;

  /// Wiped by whoever borrowed it.
  Optional<SecretBytes> lend();
}
