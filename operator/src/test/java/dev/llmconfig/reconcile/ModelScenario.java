package dev.llmconfig.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.llmconfig.agent.Entry;
import dev.llmconfig.agent.ProfileFile;
import dev.llmconfig.agent.Profiles;
import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.VerdictKind;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.api.v1alpha1.ModelConfigStatus;
import dev.llmconfig.catalogue.Attribute;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.catalogue.Facts;
import dev.llmconfig.catalogue.Retirement.Listing;
import dev.llmconfig.catalogue.Source;
import dev.llmconfig.domain.ModelSettings;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.plan.ConditionReport;
import dev.llmconfig.plan.Handout;
import dev.llmconfig.plan.Listed;
import dev.llmconfig.plan.ModelAnswer;
import dev.llmconfig.plan.ModelObserved;
import dev.llmconfig.plan.ModelOutlook;
import dev.llmconfig.plan.ModelPlanner;
import dev.llmconfig.plan.PlannedEvent;
import dev.llmconfig.plan.Wanted;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// One golden folder: the objects that are there, and what a ModelConfig comes to. Every file is an
/// object as kubectl would apply it, but for `in-Situation.yaml`: the time, what the provider said
/// (`heard`) and lists (`listed`), and how far the delivery is (`delivered`). The ModelConfig in
/// question is called `support`.
final class ModelScenario implements GoldenFolders.Scenario {

  private static final String SUBJECT = "support";
  private static final ObjectMapper YAML =
      new ObjectMapper(
          new YAMLFactory()
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .disable(YAMLGenerator.Feature.SPLIT_LINES)
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES));
  private static final KubernetesSerialization OBJECTS = Reading.lenient();
  private static final Catalogue CATALOGUE = Catalogue.packed();

  private final Set<String> used = new TreeSet<>();
  private final JsonNode situation;
  private final Map<String, ModelConfig> models = new TreeMap<>();
  private final Map<String, ApiKeyConfig> keys = new HashMap<>();
  private final List<ProfileFile> profiles = new ArrayList<>();

  ModelScenario(Path folder) throws IOException {
    JsonNode read = YAML.createObjectNode();
    for (var file : inputs(folder)) {
      used.add(file.getFileName().toString());
      var text = Files.readString(file);
      if (file.endsWith("in-Situation.yaml")) {
        read = YAML.readTree(text);
      } else if (text.contains("\nkind: ModelConfig\n")) {
        var model = OBJECTS.unmarshal(text, ModelConfig.class);
        models.put(model.getMetadata().getName(), model);
      } else if (text.contains("\nkind: ApiKeyConfig\n")) {
        var key = OBJECTS.unmarshal(text, ApiKeyConfig.class);
        keys.put(key.getMetadata().getName(), key);
      } else {
        var map = OBJECTS.unmarshal(text, ConfigMap.class);
        map.getData()
            .forEach((name, content) ->
                profiles.add(new ProfileFile(map.getMetadata().getName(), name, content)));
      }
    }
    situation = read;
  }

  @Override
  public Set<String> used() {
    return used;
  }

  @Override
  public Map<String, String> outputs() throws IOException {
    var config =
        Objects.requireNonNull(models.get(SUBJECT), "a scenario has the ModelConfig support");
    var now = Instant.parse(situation.path("now").asText("2026-08-20T12:00:00Z"));
    var outputs = new TreeMap<String, String>();
    switch (Parsing.model(config)) {
      case Validated.Invalid<ModelSettings>(var problems) ->
          status(
              outputs,
              config,
              ModelStatus.invalid(
                  problems, config.getMetadata().getGeneration(), config.getStatus(), now));
      case Validated.Valid<ModelSettings>(var declared) -> {
        var outlook = ModelPlanner.judge(observed(config, declared, now));
        var report = ModelPlanner.report(outlook, delivered());
        if (report.isPresent()) {
          status(outputs, config, ModelStatus.of(report.get(), config.getStatus(), now));
        } else {
          outputs.put("out-Unchanged.yaml", "the status stays as it is\n");
        }
        events(outputs, ModelPlanner.events(outlook));
        outputs.put("out-Outlook.yaml", YAML.writeValueAsString(outlook(outlook)));
      }
    }
    return outputs;
  }

  private ModelObserved observed(ModelConfig config, ModelSettings declared, Instant now) {
    return new ModelObserved(
        declared,
        Parsing.keyState(Optional.ofNullable(keys.get(declared.apiKey()))),
        CATALOGUE,
        Profiles.builtIn().with(profiles).profiles(),
        listed(),
        models.values().stream()
            .filter(other -> !other.getMetadata().getName().equals(SUBJECT))
            .flatMap(other -> Parsing.defaultClaim(other).stream())
            .toList(),
        text(situation.path("contestedSince")).map(Instant::parse),
        ModelMemory.of(config.getStatus()),
        heard(),
        situation.path("gateway").asBoolean(),
        now);
  }

  private Listed listed() {
    var listed = situation.path("listed");
    var source = Source.provider(LocalDate.parse("2026-08-19"));
    var facts = Facts.none();
    if (listed.has("maxOutputTokens")) {
      facts =
          facts.with(Attribute.MAX_OUTPUT_TOKENS, listed.get("maxOutputTokens").asLong(), source);
    }
    if (listed.has("contextTokens")) {
      facts = facts.with(Attribute.CONTEXT_TOKENS, listed.get("contextTokens").asLong(), source);
    }
    if (listed.has("retiresOn")) {
      facts =
          facts.with(
              Attribute.RETIRES_ON, LocalDate.parse(listed.get("retiresOn").asText()), source);
    }
    return new Listed(Listing.valueOf(listed.path("listing").asText("Unknown")), facts);
  }

  private Optional<ModelAnswer> heard() {
    var heard = situation.path("heard");
    if (heard.isMissingNode()) {
      return Optional.empty();
    }
    return Optional.of(
        new ModelAnswer(
            VerdictReason.valueOf(heard.path("reason").asText()),
            VerdictKind.valueOf(heard.path("kind").asText()),
            heard.path("didYouMean").valueStream().map(JsonNode::asText).toList(),
            text(heard.path("request"))));
  }

  private Optional<ConditionReport> delivered() {
    var delivered = situation.path("delivered");
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
    var shown = YAML.createObjectNode();
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
        OBJECTS.convertValue(
            AppliedStatus.write(wanted.revision(), wanted.basis()), ObjectNode.class));
    switch (Handout.of(wanted.revision(), wanted.basis(), wanted.profile(), SUBJECT)) {
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

  private static void status(
      Map<String, String> outputs, ModelConfig config, ModelConfigStatus status)
      throws IOException {
    var shown = new ModelConfig();
    shown.getMetadata().setNamespace(config.getMetadata().getNamespace());
    shown.getMetadata().setName(config.getMetadata().getName());
    shown.setStatus(status);
    outputs.put(
        "out-ModelConfig-%s.yaml".formatted(config.getMetadata().getName()),
        YAML.writeValueAsString(YAML.readTree(OBJECTS.asYaml(shown))));
  }

  private static void events(Map<String, String> outputs, List<PlannedEvent> events) {
    if (!events.isEmpty()) {
      var lines = new StringBuilder();
      events.forEach(event ->
          lines.append("- %s %s: %s\n".formatted(event.kind(), event.reason(), event.message())));
      outputs.put("out-Events.yaml", lines.toString());
    }
  }

  private static Optional<String> text(JsonNode node) {
    return node.isMissingNode() ? Optional.empty() : Optional.of(node.asText());
  }

  private static List<Path> inputs(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("in-"))
          .sorted()
          .toList();
    }
  }
}
