package dev.llmconfig.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.access.Caller;
import dev.llmconfig.domain.Ref;
import java.util.List;
import java.util.Optional;

/// Where keys and model configurations are changed, each time as the person who asks for it. Reads
/// are no part of it. What it is given of a key is wiped by whoever gave it.
public interface ConfigStore {

  Outcome createKey(Caller who, KeyDraft draft, KeyMaterial material, Manner manner);

  Outcome changeKey(
      Caller who, Ref key, Version seen, KeyChange change, KeyMaterial material, Manner manner);

  Outcome deleteKey(Caller who, Ref key, Version seen, Replacement replacement, Manner manner);

  /// Asks for a check right now; the answer has the mark by which its verdict will be known.
  Outcome requestTest(Caller who, Ref key, Version seen);

  /// Makes a key that lies beside the store one of its own, for a store that has such keys.
  default Outcome keepKey(Caller who, Ref key, Version seen) {
    return new Outcome.Invalid(
        List.of(
            new Flaw(
                "id",
                Flaw.Reason.NotInThisMode,
                "In a cluster no key comes from the environment; send the key itself in the field"
                    + " key.")));
  }

  Outcome createModel(Caller who, ModelDraft draft, Manner manner);

  /// Changes a model configuration.
  ///
  /// @param change a merge patch of the spec
  Outcome changeModel(Caller who, Ref model, Version seen, ObjectNode change, Manner manner);

  /// Sets these parameters and no others.
  Outcome replaceParameters(
      Caller who, Ref model, Version seen, ObjectNode parameters, Manner manner);

  Outcome deleteModel(Caller who, Ref model, Version seen, Manner manner);

  /// Lets a waiting revision go, or a failed one be tried again.
  Outcome requestRollout(Caller who, Ref model, Version seen, RolloutRequest request);

  /// Makes something the default of its namespace, and takes that role from what had it.
  ///
  /// @param seen of the configuration that is chosen
  /// @param parameters these and no others; empty to leave them as they are
  Outcome select(
      Caller who, Choice choice, Version seen, Optional<ObjectNode> parameters, Manner manner);
}
