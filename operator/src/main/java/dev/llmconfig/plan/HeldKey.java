package dev.llmconfig.plan;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.crypto.KeyId;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.Endpoint;
import java.time.Instant;
import java.util.Optional;

/// What the managed Secret holds: the truth of the current and of the previous key.
public sealed interface HeldKey {

  record Absent() implements HeldKey {}

  /// An object that is not ours has the name; it is never overwritten.
  record NameTaken(String message) implements HeldKey {}

  /// It cannot be opened, and is never overwritten, because the right ring may come back. What is
  /// known of it is what is written beside the ciphertext.
  ///
  /// @param reason DecryptionFailed, or KeyRingMissing
  record Unopened(ConditionReason reason, String message, String revision, String endpoint)
      implements HeldKey {}

  /// The keys that are in use.
  ///
  /// @param intact whether what stands beside the ciphertext is what we wrote there
  record Held(Slot current, Optional<Previous> previous, boolean intact) implements HeldKey {}

  /// The key in use, opened.
  ///
  /// @param revision as it was when the key was accepted: it outlives a lost fingerprint key
  /// @param terms as they were when the key was accepted
  /// @param token the ciphertext, kept as it is while it can be
  /// @param by the key of the ring that made it
  record Slot(
      ResolvedKey key, String revision, String endpoint, String terms, String token, KeyId by) {

    /// Compared by content and in constant time, because the revision of a held key outlives a lost
    /// fingerprint key.
    boolean isFor(ResolvedKey other, Endpoint place, String otherTerms) {
      return key.bytes().equals(other.bytes())
          && endpoint.equals(place.text())
          && terms.equals(otherTerms);
    }
  }

  /// The key before it.
  ///
  /// @param opened empty where no key of the ring opens it; it is then kept as it is
  record Previous(
      String revision,
      String endpoint,
      String token,
      Instant usableUntil,
      Optional<Opened> opened) {

    /// Its bytes, and the key of the ring that encrypted them.
    public record Opened(SecretBytes key, KeyId by) {}
  }
}
