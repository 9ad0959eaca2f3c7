package dev.llmconfig.plan;

import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.Ref;
import java.time.Instant;
import java.util.Optional;

/// The managed Secret as it shall be. Ciphertext that is held already is passed on as it is; what
/// is new is encrypted when the plan is applied.
public record ManagedSecret(
    Ref owner, String provider, Slot current, String fingerprint, Optional<Previous> previous) {

  /// One key, and where it was accepted.
  ///
  /// @param terms what else it was accepted with; empty for nothing
  public record Slot(String revision, String endpoint, String terms, Ciphertext ciphertext) {}

  public record Previous(Slot slot, Instant usableUntil) {}

  public sealed interface Ciphertext {

    record Kept(String token) implements Ciphertext {}

    record ToEncrypt(SecretBytes key) implements Ciphertext {}
  }
}
