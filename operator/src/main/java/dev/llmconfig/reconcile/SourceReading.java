package dev.llmconfig.reconcile;

import dev.llmconfig.plan.Resolution;
import dev.llmconfig.plan.SealedStep;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Optional;

/// What came of reading a source, and what its reading asks to be done.
///
/// @param secret what the Secret of the user says of itself, where one was read
record SourceReading(Resolution resolution, SealedStep sealed, Optional<ObjectMeta> secret) {

  SourceReading(Resolution resolution, SealedStep sealed) {
    this(resolution, sealed, Optional.empty());
  }
}
