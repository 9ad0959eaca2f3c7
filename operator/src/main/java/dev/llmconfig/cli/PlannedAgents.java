package dev.llmconfig.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.access.OwnMachine;
import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.Labels;
import dev.llmconfig.domain.DefaultClaim;
import dev.llmconfig.domain.ModelDelivery;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.guest.WorkloadKind;
import dev.llmconfig.impact.Impact;
import dev.llmconfig.impact.Kinds;
import dev.llmconfig.impact.Preview;
import dev.llmconfig.mirror.AgentRow;
import dev.llmconfig.mirror.ObjectKind;
import dev.llmconfig.mirror.PlannedAgent;
import dev.llmconfig.mirror.RowChange;
import dev.llmconfig.store.YamlText;
import dev.llmconfig.store.local.Ledger;
import dev.llmconfig.store.local.LocalObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Agents of which there are manifests in a directory, and what they would be given by the objects
/// of this machine: worked out as `llmconfig plan` does. Those objects stand for the ones of
/// whatever namespace a manifest names, since here there is one for all of them.
final class PlannedAgents {

  private static final Logger log = LoggerFactory.getLogger(PlannedAgents.class);

  private static final String NAME = "/metadata/name";
  private static final String NAMESPACE = "/metadata/namespace";
  private static final String USUAL_MODE = ModelDelivery.USUAL_MODE.name();

  private static final Comparator<Ref> ORDER =
      Comparator.comparing(Ref::namespace).thenComparing(Ref::name);

  private final Path directory;
  private final Shell shell;
  private final LocalObjects objects;
  private final InstantSource clock;

  /// What the files were when they were read last.
  private Map<Path, String> stamps = Map.of();

  private List<ObjectNode> manifests = List.of();
  private Set<String> told = Set.of();
  private boolean read;

  /// Whether something was saved since the objects were looked at.
  private final AtomicBoolean stale = new AtomicBoolean(true);

  private Map<Ref, PlannedAgent> agents = Map.of();
  private Map<String, ObjectNode> planned = Map.of();

  PlannedAgents(Path directory, Shell shell, LocalObjects objects, InstantSource clock) {
    this.directory = directory;
    this.shell = shell;
    this.objects = objects;
    this.clock = clock;
    objects.onChange(_ -> stale.set(true));
  }

  /// What would be given to one now, as YAML.
  synchronized Optional<String> yaml(Ref agent) {
    look();
    return Optional.ofNullable(agents.get(agent)).map(one -> YamlText.of(one.patch()));
  }

  /// Reads the files again where they have changed, and shows what follows from them.
  synchronized void look() {
    try {
      shown();
    } catch (RuntimeException failed) {
      read = false; // nothing of it was shown, so all of it is done again
      throw failed;
    }
  }

  private void shown() {
    var changed = reread();
    if (!stale.getAndSet(false) && !changed) {
      return;
    }
    var configs = configs();
    if (!changed && configs.equals(planned)) {
      return;
    }
    var next = plan(configs);
    var rows = new ArrayList<RowChange>();
    agents.keySet().stream()
        .filter(ref -> !next.containsKey(ref))
        .forEach(ref -> rows.add(new RowChange.Gone(ObjectKind.Agent, ref)));
    next.forEach((ref, agent) -> {
      if (!agent.equals(agents.get(ref))) {
        rows.add(new RowChange.AgentIs(agent.row()));
      }
    });
    if (!rows.isEmpty()) {
      objects.change(desk -> {
        desk.show(rows);
        return true;
      });
    }
    agents = next;
    planned = configs;
  }

  private boolean reread() {
    var now = stamps();
    if (read && now.equals(stamps)) {
      return false;
    }
    var reading = new ManifestFiles(shell, OwnMachine.NAMESPACE);
    var all = reading.readable(directory);
    var problems = new ArrayList<>(reading.problems());
    manifests = once(all, problems);
    problems.stream()
        .filter(problem -> !told.contains(problem))
        .forEach(problem -> log.warn("{} It is left out.", problem));
    told = Set.copyOf(problems);
    stamps = now;
    read = true;
    return true;
  }

  /// Their own times, and their lengths for whoever writes twice within the same one.
  private Map<Path, String> stamps() {
    var found = new TreeMap<Path, String>();
    try (var below = Files.walk(directory)) {
      for (var file : below.filter(Files::isRegularFile).toList()) {
        found.put(file, Files.getLastModifiedTime(file) + "/" + Files.size(file));
      }
    } catch (IOException | UncheckedIOException _) {
      // What is being written or taken away is seen by the next look.
      found.put(directory, "");
    }
    return found;
  }

  /// Of two with the same name, in whatever namespaces, the first.
  private static List<ObjectNode> once(List<ObjectNode> all, List<String> problems) {
    var kept = new ArrayList<ObjectNode>();
    var names = new HashSet<Ref>();
    for (var one : all) {
      if (!workload(one)) {
        kept.add(one);
      } else if (names.add(row(one))) {
        kept.add(one);
      } else {
        problems.add(
            "There is more than one %s %s.".formatted(one.path("kind").asText(), text(one, NAME)));
      }
    }
    return kept;
  }

  /// Keys and models, as they are declared.
  private Map<String, ObjectNode> configs() {
    return objects.look(shelf -> {
      var all = new LinkedHashMap<String, ObjectNode>();
      Stream.of(Ledger.Kind.ApiKeyConfig, Ledger.Kind.ModelConfig)
          .flatMap(kind -> shelf.trees(kind).stream())
          .map(PlannedAgents::declared)
          .forEach(one -> all.put(one.path("kind").asText() + "/" + text(one, NAME), one));
      return all;
    });
  }

  /// Without a status: the revisions of keys that are known here are not those of a cluster.
  private static ObjectNode declared(ObjectNode object) {
    var declared = JsonNodeFactory.instance.objectNode();
    declared.set("apiVersion", object.path("apiVersion"));
    declared.set("kind", object.path("kind"));
    declared
        .putObject("metadata")
        .put("name", text(object, NAME))
        .put("namespace", text(object, NAMESPACE))
        .put("creationTimestamp", text(object, "/metadata/creationTimestamp"));
    declared.set("spec", object.path("spec"));
    return declared;
  }

  private Map<Ref, PlannedAgent> plan(Map<String, ObjectNode> configs) {
    var folder = new ArrayList<ObjectNode>();
    manifests.stream()
        .filter(PlannedAgents::workload)
        .map(one -> text(one, NAMESPACE))
        .distinct()
        .forEach(
            namespace -> configs.values().forEach(config -> folder.add(in(namespace, config))));
    manifests.stream().filter(PlannedAgents::counts).forEach(folder::add);
    var impact = Preview.ofAll(folder, clock.instant());
    var agents = new TreeMap<Ref, PlannedAgent>(ORDER);
    var byDefault = byDefault();
    for (var one : manifests) {
      if (workload(one)) {
        agent(one, impact, configs, byDefault).ifPresent(agent -> agents.put(agent.ref(), agent));
      }
    }
    return agents;
  }

  private String byDefault() {
    return objects.look(shelf -> shelf.models()).stream()
        .flatMap(one -> Parsing.defaultClaim(one).stream())
        .min(DefaultClaim::compareTo)
        .map(DefaultClaim::name)
        .orElse("");
  }

  /// Of keys and models the store is the truth.
  private static boolean counts(ObjectNode object) {
    var kind = object.path("kind").asText();
    return !kind.equals(Kinds.API_KEY) && !kind.equals(Kinds.MODEL);
  }

  private static ObjectNode in(String namespace, ObjectNode config) {
    var copy = config.deepCopy();
    copy.withObjectProperty("metadata").put("namespace", namespace);
    return copy;
  }

  /// Empty for what has nothing to do with any ModelConfig.
  private static Optional<PlannedAgent> agent(
      ObjectNode workload, Impact impact, Map<String, ObjectNode> configs, String byDefault) {
    var label = text(workload, "/metadata/labels/" + Labels.MODEL_CONFIG.replace("/", "~1"));
    var named = new Impact.Workload(workload.path("kind").asText(), text(workload, NAME));
    var models =
        impact.models().stream()
            .filter(model -> model.ref().namespace().equals(text(workload, NAMESPACE)))
            .toList();
    var gives =
        models.stream()
            .filter(model -> change(model, named).isPresent() || blocked(model, named).isPresent())
            .findFirst();
    var asked = label.equals(Labels.DEFAULT) ? byDefault : label;
    if (label.isEmpty() && gives.isEmpty()) {
      return Optional.empty();
    }
    var name = gives.map(model -> model.ref().name()).orElse(asked);
    var config = Optional.ofNullable(configs.get(Kinds.MODEL + "/" + name));
    var model = models.stream().filter(one -> one.ref().name().equals(name)).findFirst();
    var why =
        model
            .flatMap(one -> blocked(one, named).or(one::refused))
            .or(() -> config.isPresent() ? Optional.empty() : Optional.of(nobody(name)));
    return Optional.of(
        new PlannedAgent(
            row(workload),
            name,
            config.map(one -> or(text(one, "/spec/delivery/mode"), USUAL_MODE)).orElse(""),
            profile(workload, config),
            new AgentRow.Settings(
                model.flatMap(Impact.OfModel::revision).orElse(""),
                config.map(one -> text(one, "/spec/model")).orElse("")),
            why.map(Impact.Said::reason).orElse(""),
            why.map(Impact.Said::message).orElse(""),
            model
                .flatMap(one -> change(one, named))
                .map(Impact.Change::shown)
                .orElseGet(() -> bare(workload))));
  }

  private static Impact.Said nobody(String name) {
    return new Impact.Said(
        "",
        name.isEmpty()
            ? "It follows the default, and there is none."
            : "There is no ModelConfig %s here.".formatted(name));
  }

  private static String profile(ObjectNode workload, Optional<ObjectNode> config) {
    var own =
        text(workload, "/metadata/annotations/" + Annotations.PROFILE.replace("/", "~1")).strip();
    return !own.isEmpty() || config.isEmpty()
        ? own
        : or(text(config.get(), "/spec/delivery/profile"), ModelDelivery.USUAL_PROFILE);
  }

  private static Optional<Impact.Change> change(Impact.OfModel model, Impact.Workload workload) {
    return model.changes().stream().filter(one -> one.workload().equals(workload)).findFirst();
  }

  private static Optional<Impact.Said> blocked(Impact.OfModel model, Impact.Workload workload) {
    return model.blocked().stream()
        .filter(one -> one.workload().equals(workload))
        .findFirst()
        .map(Impact.Blocked::why);
  }

  /// Nothing would be given to it, or it has all of it.
  private static ObjectNode bare(ObjectNode workload) {
    var bare = JsonNodeFactory.instance.objectNode();
    bare.set("apiVersion", workload.path("apiVersion"));
    bare.set("kind", workload.path("kind"));
    bare.putObject("metadata")
        .put("name", text(workload, NAME))
        .put("namespace", text(workload, NAMESPACE));
    return bare;
  }

  private static boolean workload(ObjectNode object) {
    return Stream.of(WorkloadKind.values())
        .anyMatch(kind -> kind.name().equals(object.path("kind").asText()));
  }

  private static Ref row(ObjectNode workload) {
    return AgentRow.ref(OwnMachine.NAMESPACE, workload.path("kind").asText(), text(workload, NAME));
  }

  private static String text(ObjectNode object, String place) {
    return object.at(place).asText();
  }

  private static String or(String text, String otherwise) {
    return text.isEmpty() ? otherwise : text;
  }
}
