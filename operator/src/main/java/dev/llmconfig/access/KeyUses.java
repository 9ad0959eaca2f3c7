package dev.llmconfig.access;

import dev.llmconfig.domain.Ref;
import java.time.Instant;
import java.util.Optional;

/// When keys were used last, as far as this process knows.
public interface KeyUses {

  /// Now. More than once a minute is not told.
  void used(Ref key);

  Optional<Instant> last(Ref key);

  /// Another one after each change.
  long stamp();
}
