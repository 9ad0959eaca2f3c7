package dev.llmconfig.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.upkeep.OlderNeeds.Need;
import dev.llmconfig.upkeep.RingBeginning;
import dev.llmconfig.upkeep.RingWork.Report;
import java.util.List;

/// The same as a program reads it. Fields that have no value are left out.
final class RingJson {

  private RingJson() {}

  static String of(Report report) {
    var json = ring(report.ring());
    var keys = json.putArray("keys");
    report.keys().forEach(id -> keys.add(id.value()));
    needs(json.putArray("needOlderKey"), report.older());
    needs(json.putArray("unopened"), report.unopened());
    return json.toPrettyString() + "\n";
  }

  static String of(RingBeginning.Report report) {
    var json = ring(report.ring());
    json.putArray("keys").add(report.encrypts().value());
    json.put("made", report.made());
    refs(json.putArray("forgotten"), report.forgotten());
    refs(json.putArray("toEnterAgain"), report.toEnterAgain());
    return json.toPrettyString() + "\n";
  }

  private static ObjectNode ring(Ref ref) {
    return place(JsonNodeFactory.instance.objectNode(), ref);
  }

  private static void needs(ArrayNode list, List<Need> needs) {
    for (var need : needs) {
      var json = place(list.addObject(), need.place().key());
      json.put("where", need.place().where().name());
      need.by().ifPresent(id -> json.put("key", id.value()));
      need.keeper()
          .ifPresent(keeper -> {
            var managed = json.putObject("managedBy").put("tool", keeper.tool().name());
            if (!keeper.name().isEmpty()) {
              managed.put("name", keeper.name());
            }
          });
    }
  }

  private static void refs(ArrayNode list, List<Ref> refs) {
    refs.forEach(ref -> place(list.addObject(), ref));
  }

  private static ObjectNode place(ObjectNode json, Ref ref) {
    return json.put("namespace", ref.namespace()).put("name", ref.name());
  }
}
