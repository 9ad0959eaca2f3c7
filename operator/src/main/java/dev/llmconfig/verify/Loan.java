package dev.llmconfig.verify;

import dev.llmconfig.crypto.SecretBytes;

/// A key, lent for one probe.
public sealed interface Loan {

  /// Wiped by whoever borrowed it.
  record Of(SecretBytes key) implements Loan {}

  /// The place is asked without one.
  record NoKey() implements Loan {}

  /// The key that was to be asked about is not there any more, or may not go there any more.
  record Withdrawn() implements Loan {}

  /// Asked at the moment of the probe, so that nobody holds a key until then.
  @FunctionalInterface
  interface Lender {
    Loan lend();
  }
}
