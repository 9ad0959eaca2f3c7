package dev.llmconfig.impact;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.guest.WorkloadKind;

/// What a workload would have of us, as a patch that people read and apply: its name, and our
/// fields. What is only for the request itself is not in it.
final class Patched {

  private Patched() {}

  static ObjectNode with(Id workload, ObjectNode patch, boolean exact) {
    var object = JsonNodeFactory.instance.objectNode();
    object.put("apiVersion", WorkloadKind.valueOf(workload.kind()).apiVersion());
    object.put("kind", workload.kind());
    var meta = object.putObject("metadata");
    meta.put("name", workload.ref().name()).put("namespace", workload.ref().namespace());
    var shown = exact ? patch : MadeUpNames.hidden(patch);
    if (shown.path("metadata").path("labels") instanceof ObjectNode labels) {
      meta.set("labels", labels);
    }
    if (shown.path("spec") instanceof ObjectNode spec) {
      object.set("spec", spec);
    }
    return object;
  }
}
