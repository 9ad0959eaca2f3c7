package dev.llmconfig.reconcile;

import dev.llmconfig.domain.Ref;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Optional;

/// The SealedSecrets of a cluster: an API that need not be there, and that the operator need not
/// have rights on.
interface SealedSecrets {

  /// What came of asking for one.
  sealed interface Look {

    /// The cluster does not have the API.
    record NoApi() implements Look {}

    /// The operator lacks the right.
    record Hidden() implements Look {}

    record Seen(Optional<GenericKubernetesResource> object) implements Look {}
  }

  Look get(Ref ref);

  /// Whether there is a sign, found without asking the API, that a key has a SealedSecret.
  boolean traced(Ref key);
}
