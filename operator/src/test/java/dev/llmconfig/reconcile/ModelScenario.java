package dev.llmconfig.reconcile;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.agent.Entry;
import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.domain.AppliedStatus;
import dev.llmconfig.domain.ModelSettings;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.plan.ConditionReport;
import dev.llmconfig.plan.Handout;
import dev.llmconfig.plan.ModelOutlook;
import dev.llmconfig.plan.ModelPlanner;
import dev.llmconfig.plan.Wanted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// One golden folder: the objects that are there, and what a ModelConfig comes to. The situation
/// says how far the delivery is (`delivered`).
final class ModelScenario implements GoldenFolders.Scenario {

  private final ModelFolder folder;

  ModelScenario(Path folder) throws IOException {
    this.folder = new ModelFolder(folder);
  }

  @Override
  public Set<String> used() {
    return folder.used;
  }

  @Override
  public Map<String, String> outputs() throws IOException {
    var config = folder.subject();
    var now = folder.now();
    var outputs = new TreeMap<String, String>();
    switch (Parsing.model(config)) {
      case Validated.Invalid<ModelSettings>(var problems) ->
          ModelFolder.status(
              outputs,
              config,
              ModelStatus.invalid(
                  problems, config.getMetadata().getGeneration(), config.getStatus(), now));
      case Validated.Valid<ModelSettings>(var declared) -> {
        var outlook = ModelPlanner.judge(folder.observed(declared));
        var report = ModelPlanner.report(outlook, delivered());
        if (report.isPresent()) {
          ModelFolder.status(
              outputs, config, ModelStatus.of(report.get(), config.getStatus(), now));
        } else {
          outputs.put("out-Unchanged.yaml", "the status stays as it is\n");
        }
        ModelFolder.events(outputs, ModelPlanner.events(outlook));
        outputs.put("out-Outlook.yaml", ModelFolder.YAML.writeValueAsString(outlook(outlook)));
      }
    }
    return outputs;
  }

  private Optional<ConditionReport> delivered() {
    var delivered = folder.situation.path("delivered");
    return delivered.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new ConditionReport(
                ConditionReport.Type.Delivered,
                ConditionReport.Truth.valueOf(delivered.path("status").asText()),
                ConditionReason.valueOf(delivered.path("reason").asText()),
                delivered.path("message").asText()));
  }

  /// What those who deliver are told.
  private static ObjectNode outlook(ModelOutlook outlook) {
    var shown = ModelFolder.YAML.createObjectNode();
    shown.put("mayBeDelivered", outlook.mayBeDelivered());
    shown.put("default", outlook.role().getClass().getSimpleName());
    ModelPlanner.nextLook(outlook).ifPresent(time -> shown.put("nextLook", time.toString()));
    outlook.wanted().ifPresent(wanted -> wanted(shown.putObject("wanted"), wanted));
    return shown;
  }

  private static void wanted(ObjectNode shown, Wanted wanted) {
    shown.put("revision", wanted.name());
    shown.set(
        "settings",
        ModelFolder.OBJECTS.convertValue(
            AppliedStatus.write(wanted.revision(), wanted.basis()), ObjectNode.class));
    switch (Handout.of(wanted.revision(), wanted.basis(), wanted.profile(), ModelFolder.SUBJECT)) {
      case Handout.Nothing _ -> {}
      case Handout.Refused(var reason, var sentence) ->
          throw new IllegalStateException(reason + ": " + sentence);
      case Handout.Variables(var rendered, var entries) -> {
        shown.put("rendered", rendered);
        entries(shown.putArray("entries"), entries);
      }
      case Handout.Files(var rendered, var files) -> {
        shown.put("rendered", rendered);
        shown.put("json", files.contents().get("llm.json"));
      }
    }
  }

  private static void entries(ArrayNode lines, List<Entry> entries) {
    for (var entry : entries) {
      lines.add(
          switch (entry.value()) {
            case Entry.Literal(var text) -> entry.name() + "=" + text;
            case Entry.Key(var ref) -> entry.name() + " from Secret " + ref.secret();
          });
    }
  }
}
