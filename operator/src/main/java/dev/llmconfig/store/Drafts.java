package dev.llmconfig.store;

import dev.llmconfig.access.Caller;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.provider.transport.ExtraTrust;
import java.util.List;
import java.util.Optional;

/// Reads what a key that nobody has stored would be asked with, each time as the person who asks.
/// Nothing is changed by it.
public interface Drafts {

  /// What is given of a key stays with whoever gave it.
  Reading read(Caller who, KeyDraft draft, KeyMaterial material);

  /// What came of it.
  sealed interface Reading {

    /// All that a check needs.
    ///
    /// @param key empty where nothing is sent
    /// @param trust the certificates that its endpoint is trusted by
    record Ready(
        ApiKey declared,
        Optional<SecretBytes> key,
        ExtraTrust trust,
        List<Outcome.Warning> warnings)
        implements Reading, AutoCloseable {
      public Ready {
        warnings = List.copyOf(warnings);
      }

      @Override
      public void close() {
        key.ifPresent(SecretBytes::close);
      }
    }

    /// Nothing can be asked.
    record Not(Outcome why) implements Reading {}
  }
}
