package dev.llmconfig.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.llmconfig.agent.ProfileFile;
import dev.llmconfig.agent.Profiles;
import dev.llmconfig.api.Labels;
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
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.KeyState;
import dev.llmconfig.domain.ModelSettings;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.mirror.ProfileMaps;
import dev.llmconfig.plan.Listed;
import dev.llmconfig.plan.ModelAnswer;
import dev.llmconfig.plan.ModelObserved;
import dev.llmconfig.plan.PlannedEvent;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
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

/// The objects of one golden folder. Every file is an object as kubectl would apply it, but for
/// `in-Situation.yaml`: the time, what the provider said (`heard`), and what else a scenario is
/// about. What it lists is a ConfigMap with the label of its key, or `listed` in short. The
/// ModelConfig in question is called `support`.
final class ModelFolder {

  static final String SUBJECT = "support";
  static final ObjectMapper YAML =
      new ObjectMapper(
          new YAMLFactory()
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .disable(YAMLGenerator.Feature.SPLIT_LINES)
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES));
  static final KubernetesSerialization OBJECTS = Reading.lenient();
  private static final Catalogue CATALOGUE = Catalogue.packed();

  final Set<String> used = new TreeSet<>();
  final JsonNode situation;
  final Map<String, ModelConfig> models = new TreeMap<>();
  final List<HasMetadata> workloads = new ArrayList<>();
  private final Map<String, ApiKeyConfig> keys = new HashMap<>();
  private final List<ProfileFile> profiles = new ArrayList<>();
  private final Map<Ref, ConfigMap> facts = new HashMap<>();

  ModelFolder(Path folder) throws IOException {
    JsonNode read = YAML.createObjectNode();
    for (var file : inputs(folder)) {
      used.add(file.getFileName().toString());
      var text = Files.readString(file);
      if (file.endsWith("in-Situation.yaml")) {
        read = YAML.readTree(text);
      } else {
        take(YAML.readTree(text).path("kind").asText(), text);
      }
    }
    situation = read;
  }

  private void take(String kind, String text) {
    switch (kind) {
      case "ModelConfig" -> {
        var model = OBJECTS.unmarshal(text, ModelConfig.class);
        models.put(model.getMetadata().getName(), model);
      }
      case "ApiKeyConfig" -> {
        var key = OBJECTS.unmarshal(text, ApiKeyConfig.class);
        keys.put(key.getMetadata().getName(), key);
      }
      case "Deployment" -> workloads.add(OBJECTS.unmarshal(text, Deployment.class));
      case "StatefulSet" -> workloads.add(OBJECTS.unmarshal(text, StatefulSet.class));
      case "DaemonSet" -> workloads.add(OBJECTS.unmarshal(text, DaemonSet.class));
      case "CronJob" -> workloads.add(OBJECTS.unmarshal(text, CronJob.class));
      case "ConfigMap" -> {
        var map = OBJECTS.unmarshal(text, ConfigMap.class);
        if (!Labelled.label(map, Labels.API_KEY).isEmpty()) {
          facts.put(new Ref(map.getMetadata().getNamespace(), map.getMetadata().getName()), map);
          return;
        }
        profiles.addAll(ProfileMaps.files(map));
      }
      default -> throw new IllegalArgumentException(kind + " is no kind of a scenario");
    }
  }

  ModelConfig subject() {
    return Objects.requireNonNull(models.get(SUBJECT), "a scenario has the ModelConfig support");
  }

  Instant now() {
    return Instant.parse(situation.path("now").asText("2026-08-20T12:00:00Z"));
  }

  ModelObserved observed(ModelSettings declared) {
    var key = Optional.ofNullable(keys.get(declared.apiKey()));
    return new ModelObserved(
        declared,
        Parsing.keyState(key),
        CATALOGUE,
        Profiles.builtIn().with(profiles).profiles(),
        facts.isEmpty() ? listed() : listed(declared, key.orElseThrow()),
        models.values().stream()
            .filter(other -> !other.getMetadata().getName().equals(SUBJECT))
            .flatMap(other -> Parsing.defaultClaim(other).stream())
            .toList(),
        text(situation.path("contestedSince")).map(Instant::parse),
        ModelMemory.of(subject().getStatus()),
        heard(),
        situation.path("gateway").asBoolean(),
        now());
  }

  private Listed listed(ModelSettings declared, ApiKeyConfig config) {
    return Parsing.apiKey(config) instanceof Validated.Valid<ApiKey>(var key)
            && Parsing.keyState(Optional.of(config)) instanceof KeyState.Usable(var usable, _)
        ? new ModelLists(place -> Optional.ofNullable(facts.get(place)), new KeptObjects(facts))
            .of(declared, key, usable)
        : Listed.UNKNOWN;
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

  static void status(Map<String, String> outputs, ModelConfig config, ModelConfigStatus status)
      throws IOException {
    var shown = new ModelConfig();
    shown.getMetadata().setNamespace(config.getMetadata().getNamespace());
    shown.getMetadata().setName(config.getMetadata().getName());
    shown.setStatus(status);
    outputs.put(
        "out-ModelConfig-%s.yaml".formatted(config.getMetadata().getName()),
        YAML.writeValueAsString(YAML.readTree(OBJECTS.asYaml(shown))));
  }

  static void events(Map<String, String> outputs, List<PlannedEvent> events) {
    if (!events.isEmpty()) {
      var lines = new StringBuilder();
      events.forEach(event ->
          lines.append("- %s %s: %s\n".formatted(event.kind(), event.reason(), event.message())));
      outputs.put("out-Events.yaml", lines.toString());
    }
  }

  static Optional<String> text(JsonNode node) {
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
