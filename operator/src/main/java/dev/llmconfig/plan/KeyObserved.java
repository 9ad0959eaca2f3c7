package dev.llmconfig.plan;

import dev.llmconfig.crypto.KeyId;
import dev.llmconfig.domain.ApiKey;
import java.time.Instant;
import java.util.Optional;

/// All that is known about one key when it is decided what to do.
///
/// @param encryptsWith the first key of the ring; empty without a ring
public record KeyObserved(
    ApiKey declared, Resolution resolution, HeldKey held, Optional<KeyId> encryptsWith, Instant now)
    implements AutoCloseable {

  /// Wipes every key that was read for it; a plan made of it can be applied no longer.
  @Override
  public void close() {
    if (resolution instanceof Resolution.Found(var key, _, _)) {
      key.bytes().close();
    }
    if (held instanceof HeldKey.Held(var current, var previous, _)) {
      current.key().bytes().close();
      previous.flatMap(HeldKey.Previous::opened).ifPresent(opened -> opened.key().close());
    }
  }
}
