package dev.llmconfig.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.domain.DefaultClaim;
import dev.llmconfig.domain.ModelSettings;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.plan.ModelOutlook;
import dev.llmconfig.plan.ModelPlanner;
import dev.llmconfig.plan.delivery.DeliveryMemory;
import dev.llmconfig.plan.delivery.DeliveryObserved;
import dev.llmconfig.plan.delivery.DeliveryPlan;
import dev.llmconfig.plan.delivery.DeliveryPlanner;
import dev.llmconfig.plan.delivery.Holders;
import dev.llmconfig.plan.delivery.Need;
import dev.llmconfig.plan.rollout.Hindrance;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One golden folder: a ModelConfig, its workloads, and the step that is taken. The situation says
/// which delivered Secrets are there (`secrets`; with what is in it where that changes), which
/// revisions of keys are held (`held`), what other sources of `envFrom` have (`sources`), and what
/// is remembered of the step before (`memory`).
final class DeliveryScenario implements GoldenFolders.Scenario {

  private final ModelFolder folder;

  DeliveryScenario(Path folder) throws IOException {
    this.folder = new ModelFolder(folder);
  }

  @Override
  public Set<String> used() {
    return folder.used;
  }

  @Override
  public Map<String, String> outputs() throws IOException {
    var config = folder.subject();
    if (!(Parsing.model(config) instanceof Validated.Valid<ModelSettings>(var declared))) {
      throw new IllegalArgumentException("what cannot be read is not delivered");
    }
    var outlook = ModelPlanner.judge(folder.observed(declared));
    var seen = observed(outlook);
    var plan = DeliveryPlanner.plan(seen);
    var missing = new HashMap<String, Hindrance>();
    for (var found = missing(plan);
        !missing.keySet().containsAll(found.keySet());
        found = missing(plan)) {
      missing.putAll(found);
      plan = DeliveryPlanner.plan(seen.with(seen.memory().missing(missing)));
    }
    var outputs = new TreeMap<String, String>();
    for (var write : plan.writes()) {
      outputs.put(
          "out-%s-%s.yaml"
              .formatted(write.object().getKind(), write.object().getMetadata().getName()),
          ModelFolder.YAML.writeValueAsString(ModelFolder.YAML.readTree(write.body())));
    }
    needs(outputs, plan);
    var report = ModelPlanner.report(outlook, plan.condition());
    if (report.isPresent()) {
      ModelFolder.status(
          outputs, config, ModelStatus.of(report.get(), plan, config.getStatus(), folder.now()));
    }
    ModelFolder.events(
        outputs,
        Stream.concat(ModelPlanner.events(outlook).stream(), plan.events().stream()).toList());
    memory(outputs, plan);
    return outputs;
  }

  private DeliveryObserved observed(ModelOutlook outlook) {
    return new DeliveryObserved(
        outlook,
        folder.workloads,
        holders(folder),
        names("secrets").stream()
            .map(name -> name.replaceFirst(" .*", ""))
            .collect(Collectors.toSet()),
        remembered(),
        sources(),
        Optional.empty());
  }

  static Holders holders(ModelFolder folder) {
    var staying =
        folder.models.values().stream().filter(one -> !one.isMarkedForDeletion()).toList();
    return new Holders(
        staying.stream().map(one -> one.getMetadata().getName()).collect(Collectors.toSet()),
        staying.stream()
            .flatMap(one -> Parsing.defaultClaim(one).stream())
            .min(DefaultClaim::compareTo)
            .map(DefaultClaim::name),
        staying.stream().flatMap(one -> Neighbours.selecting(one).stream()).toList());
  }

  private Map<String, Set<String>> sources() {
    var sources = new HashMap<String, Set<String>>();
    folder
        .situation
        .path("sources")
        .properties()
        .forEach(one -> sources.put(one.getKey(), names(one.getValue())));
    return sources;
  }

  private DeliveryMemory remembered() {
    var memory = folder.situation.path("memory");
    return new DeliveryMemory(
        names(memory.path("unwell")),
        names(memory.path("handedOver")),
        ModelFolder.text(memory.path("failed")),
        ModelFolder.text(memory.path("unsettledSince")).map(Instant::parse),
        hindrances(memory.path("refused")),
        Map.of());
  }

  private static Map<String, Hindrance> hindrances(JsonNode by) {
    var all = new HashMap<String, Hindrance>();
    by.properties()
        .forEach(one ->
            all.put(
                one.getKey(),
                new Hindrance(
                    ConditionReason.valueOf(one.getValue().path("reason").asText()),
                    one.getValue().path("message").asText())));
    return all;
  }

  private Map<String, Hindrance> missing(DeliveryPlan plan) {
    var taken = names("taken");
    var missing = new HashMap<String, Hindrance>();
    for (var need : all(plan)) {
      if (taken.contains(need.name())) {
        missing.put(
            need.id(),
            new Hindrance(
                ConditionReason.NameTaken,
                "Secret %s is there already and is not ours; rename or delete it"
                    .formatted(need.name())));
      } else if (need instanceof Need.Environment environment
          && environment.keyRevision().filter(one -> !names("held").contains(one)).isPresent()) {
        missing.put(
            environment.id(),
            new Hindrance(
                ConditionReason.KeyNotReady,
                "revision %s of ApiKeyConfig %s is not held any more"
                    .formatted(environment.keyRevision().orElseThrow(), environment.apiKey())));
      } else if (need instanceof Need.Key key
          && !names("secrets").contains(key.name())
          && !names("held").contains(key.revision())) {
        missing.put(
            key.name(),
            new Hindrance(
                ConditionReason.KeyNotReady,
                "revision %s of ApiKeyConfig %s is not held any more"
                    .formatted(key.revision(), key.apiKey())));
      }
    }
    return missing;
  }

  private static Set<Need> all(DeliveryPlan plan) {
    var needs = new LinkedHashSet<Need>(plan.needs());
    plan.writes().forEach(write -> needs.addAll(write.needs()));
    return needs;
  }

  /// What is not there yet, before anything names it.
  private void needs(Map<String, String> outputs, DeliveryPlan plan) {
    var lines =
        all(plan).stream()
            .filter(need -> !names("secrets").contains(need.id()))
            .map(need -> "- %s %s\n".formatted(need.getClass().getSimpleName(), need.id()))
            .sorted()
            .collect(Collectors.joining());
    if (!lines.isEmpty()) {
      outputs.put("out-Needs.yaml", lines);
    }
  }

  /// What the step hands to the next one, and when that is.
  private static void memory(Map<String, String> outputs, DeliveryPlan plan) throws IOException {
    var next = ModelFolder.YAML.createObjectNode();
    plan.nextLook().ifPresent(time -> next.put("look", time.toString()));
    put(next, "unwell", plan.unwell());
    put(next, "handedOver", plan.handedOver());
    put(next, "lost", plan.lost());
    next.put("guarded", plan.guarded());
    outputs.put("out-Next.yaml", ModelFolder.YAML.writeValueAsString(next));
  }

  private static void put(ObjectNode next, String name, Set<String> uids) {
    if (!uids.isEmpty()) {
      uids.stream().sorted().forEach(next.withArrayProperty(name)::add);
    }
  }

  private Set<String> names(String field) {
    return names(folder.situation.path(field));
  }

  private static Set<String> names(JsonNode list) {
    return list.valueStream().map(JsonNode::asText).collect(Collectors.toSet());
  }
}
