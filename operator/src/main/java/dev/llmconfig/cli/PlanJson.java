package dev.llmconfig.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.impact.Impact;

/// A preview as a program reads it. Every list is there, also where it is empty; a field without a
/// value is left out.
final class PlanJson {

  private static final int VERSION = 1;

  private PlanJson() {}

  static String of(Impact impact) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("version", VERSION);
    json.put("changes", impact.anything());
    json.put("restarts", impact.count(Impact.Effect.Restart));
    json.put("blocked", impact.blocked());
    var models = json.putArray("modelConfigs");
    impact.models().forEach(one -> model(models.addObject(), one));
    var notes = json.putArray("notes");
    impact.notes().forEach(notes::add);
    return json.toPrettyString() + "\n";
  }

  private static void model(ObjectNode json, Impact.OfModel model) {
    json.put("namespace", model.ref().namespace()).put("name", model.ref().name());
    model.revision().ifPresent(name -> json.put("revision", name));
    json.put("accepted", model.refused().isEmpty());
    model.refused().ifPresent(why -> said(json, why));
    var settings = json.putArray("settings");
    model
        .settings()
        .forEach(one ->
            settings
                .addObject()
                .put("field", one.field())
                .put("before", one.before())
                .put("after", one.after()));
    var workloads = json.putArray("workloads");
    model.changes().forEach(one -> change(workloads.addObject(), one));
    var blocked = json.putArray("blocked");
    model.blocked().forEach(one -> said(workload(blocked.addObject(), one.workload()), one.why()));
    notes(json.putArray("notes"), model);
    var unknown = json.putArray("unknown");
    model.unknown().forEach(unknown::add);
  }

  private static void notes(ArrayNode notes, Impact.OfModel model) {
    model.notes().forEach(one -> said(notes.addObject(), one));
  }

  private static void change(ObjectNode json, Impact.Change change) {
    workload(json, change.workload());
    json.put("effect", change.effect().name()).put("when", change.when().name());
    var differences = json.putArray("differences");
    change
        .differences()
        .forEach(one -> {
          var difference = differences.addObject().put("where", one.where());
          one.before().ifPresent(value -> difference.put("before", value));
          one.after().ifPresent(value -> difference.put("after", value));
        });
    change.patch().ifPresent(patch -> json.set("patch", patch));
  }

  private static ObjectNode workload(ObjectNode json, Impact.Workload workload) {
    return json.put("kind", workload.kind()).put("name", workload.name());
  }

  private static void said(ObjectNode json, Impact.Said said) {
    json.put("reason", said.reason()).put("message", said.message());
  }
}
