package dev.llmconfig.store.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.domain.ModelSettings;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.cluster.Editing.Edit;
import dev.llmconfig.store.cluster.SpecReading.Read;

/// What a spec of a model configuration becomes.
final class ModelPlan {

  private ModelPlan() {}

  static Edit made(Ref ref, ObjectNode spec) {
    Texts.refuseKeys(ref.name(), spec);
    refuseFlawed(ref, spec);
    return Edit.of(spec);
  }

  static Edit changed(Live live, ObjectNode change) {
    Texts.refuseKeys("", change);
    refuseFlawed(live.ref(), Trees.merged(live.spec(), change));
    return Edit.of(change);
  }

  /// These parameters and no others.
  static Edit parameters(Live live, ObjectNode parameters) {
    return changed(live, onlyParameters(live, parameters));
  }

  static ObjectNode onlyParameters(Live live, ObjectNode parameters) {
    var change = Trees.object();
    change.set("parameters", Trees.replacing(live.spec().path("parameters"), parameters));
    return change;
  }

  private static void refuseFlawed(Ref ref, ObjectNode spec) {
    if (SpecReading.model(ref, spec) instanceof Read.Flawed<ModelSettings>(var flaws)) {
      throw new Ended(new Outcome.Invalid(flaws));
    }
  }
}
