package dev.llmconfig.store.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.domain.Keeper;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.store.Choice;
import dev.llmconfig.store.Declared;
import dev.llmconfig.store.Manner;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.Preview;
import dev.llmconfig.store.Stored;
import dev.llmconfig.store.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Which model configuration is the default of its namespace. The new one gets the role before the
/// old one loses it, so that there is one at every moment.
final class Selecting {

  private static final String ROLE = "isDefault";

  private final Requests requests;
  private final Editing editing;
  private final Making making;
  private final Manner manner;

  Selecting(Requests requests, Editing editing, Making making, Manner manner) {
    this.requests = requests;
    this.editing = editing;
    this.making = making;
    this.manner = manner;
  }

  Outcome select(Choice choice, Version seen, Optional<ObjectNode> parameters) {
    return requests
        .patience()
        .of(Patience.OVERTAKEN, () -> once(choice, seen, parameters), _ -> overtaken(choice));
  }

  private Outcome overtaken(Choice choice) {
    return switch (choice) {
      case Choice.Configured(var model) ->
          new Outcome.Conflict(requests.get(Kind.ModelConfig, model).stored());
      case Choice.Offered _ -> new Outcome.Overtaken();
    };
  }

  private Outcome once(Choice choice, Version seen, Optional<ObjectNode> parameters) {
    var all = requests.list(Kind.ModelConfig, choice.namespace(), "");
    var old =
        all.stream()
            .filter(one -> one.spec().path(ROLE).asBoolean() && !one.deleting())
            .sorted(Comparator.comparing((Live one) -> created(one)))
            .toList();
    return switch (choice) {
      case Choice.Configured(var model) ->
          changed(Editing.seen(requests.get(Kind.ModelConfig, model), seen), old, parameters);
      case Choice.Offered(var key, var model) ->
          all.stream()
              .filter(one -> offers(one, key, model) && !one.deleting())
              .min(Comparator.comparing((Live one) -> created(one)))
              .map(one -> changed(Editing.seen(one, seen), old, parameters))
              .orElseGet(() -> {
                // Whoever has seen one has not seen that it is gone.
                return seen instanceof Version.Any
                    ? made(key, model, old, parameters)
                    : new Outcome.Overtaken();
              });
    };
  }

  private Outcome changed(Live target, List<Live> old, Optional<ObjectNode> parameters) {
    if (target.deleting()) {
      return new Outcome.BeingDeleted();
    }
    var change =
        parameters
            .map(given -> ModelPlan.onlyParameters(target, given))
            .orElseGet(Trees::object)
            .put(ROLE, true);
    ModelPlan.changed(target, change);
    var others = old.stream().filter(one -> !one.uid().equals(target.uid())).toList();
    if (manner.drafts()) {
      return drafted(target, change, others);
    }
    if (!manner.dryRun()) {
      refuseForeign(target, change, others);
    }
    var writes =
        Stream.concat(
                Stream.of(editing.write(target, change)),
                others.stream().map(one -> editing.write(one, withoutRole())))
            .toList();
    var after = Several.of(editing, writes, manner);
    return manner.dryRun()
        ? previewed(target, others, after, Editing.questions(writes).toList())
        : new Outcome.Done(
            after.getFirst().stored(),
            List.of(),
            Editing.changes(target.spec(), after.getFirst().spec()));
  }

  /// The first change is that of the one that is selected; those of others name them.
  private static Outcome previewed(
      Live target, List<Live> others, List<Live> after, List<Outcome.Warning> warnings) {
    var changes = new ArrayList<>(Editing.changes(target.spec(), after.getFirst().spec()));
    for (var at = 0; at < others.size(); at++) {
      var other = others.get(at);
      Editing.changes(other.spec(), after.get(at + 1).spec())
          .forEach(one ->
              changes.add(
                  new Preview.Change(
                      other.ref().name() + ": " + one.field(), one.from(), one.to())));
    }
    return new Outcome.Previewed(
        new Preview(
            after.getFirst().stored(),
            changes,
            after.subList(1, after.size()).stream().map(Live::stored).toList()),
        warnings);
  }

  /// Both objects are to be committed.
  private Outcome drafted(Live target, ObjectNode change, List<Live> others) {
    var writes =
        Stream.concat(
                Stream.of(editing.write(target, change)),
                others.stream().map(one -> editing.write(one, withoutRole())))
            .toList();
    var checked = Drafting.checked(() -> Several.of(editing, writes, manner));
    var objects = new ArrayList<Declared>();
    objects.add(Yaml.declared(target, writes.getFirst().wanted()));
    for (var at = 0; at < others.size(); at++) {
      objects.add(Yaml.declared(others.get(at), writes.get(at + 1).wanted()));
    }
    return new Outcome.Drafted(objects, checked);
  }

  private Outcome made(Ref key, String model, List<Live> old, Optional<ObjectNode> parameters) {
    var spec = Trees.object().put("model", model).put(ROLE, true);
    spec.putObject("apiKeyRef").put("name", key.name());
    parameters.ifPresent(given -> spec.set("parameters", given));
    old.stream()
        .findFirst()
        .map(one -> one.spec().path("delivery"))
        .filter(one -> !one.isMissingNode())
        .ifPresent(delivery -> spec.set("delivery", delivery));
    if (!manner.dryRun()) {
      old.forEach(one -> Editing.refuseForeign(one, Trees.merged(one.spec(), withoutRole())));
    }
    var outcome =
        making.make(
            Kind.ModelConfig,
            key.namespace(),
            Optional.empty(),
            Names.of(model, "model"),
            ref -> ModelPlan.made(ref, spec));
    if (outcome instanceof Outcome.Previewed(var preview, var warnings)) {
      var others =
          Several.of(
              editing, old.stream().map(one -> editing.write(one, withoutRole())).toList(), manner);
      return new Outcome.Previewed(
          new Preview(
              preview.after(), preview.changes(), others.stream().map(Live::stored).toList()),
          warnings);
    }
    if (outcome instanceof Outcome.Drafted(var made, var checked)) {
      var objects = new ArrayList<>(made);
      old.forEach(one -> objects.add(Yaml.declared(one, Trees.merged(one.spec(), withoutRole()))));
      return new Outcome.Drafted(objects, checked);
    }
    if (!(outcome instanceof Outcome.Done(var stored, _, _))) {
      return outcome;
    }
    try {
      Several.of(
          editing, old.stream().map(one -> editing.write(one, withoutRole())).toList(), manner);
    } catch (ApiRefusal | Ended refused) {
      requests.patience().takingBack(() -> unmake(stored));
      throw refused;
    }
    return outcome;
  }

  private void unmake(Stored made) {
    try {
      making.unmake(Kind.ModelConfig, made);
    } catch (ApiRefusal | Ended failed) {
      throw Several.halfDone();
    }
  }

  /// All of it is told at once: both objects are to be committed.
  private static void refuseForeign(Live target, ObjectNode change, List<Live> others) {
    var yaml = new StringBuilder();
    var keepers = new ArrayList<Keeper>();
    var wanted = new ArrayList<>(List.of(Trees.merged(target.spec(), change)));
    others.forEach(one -> wanted.add(Trees.merged(one.spec(), withoutRole())));
    var all = Stream.concat(Stream.of(target), others.stream()).toList();
    for (var at = 0; at < all.size(); at++) {
      all.get(at).keeper().filter(one -> !one.editable()).ifPresent(keepers::add);
      yaml.append(Yaml.of(all.get(at), wanted.get(at)));
    }
    if (!keepers.isEmpty()) {
      throw new Ended(new Outcome.OwnedByGit(keepers.getFirst(), yaml.toString()));
    }
  }

  private static ObjectNode withoutRole() {
    return Trees.object().put(ROLE, false);
  }

  private static boolean offers(Live config, Ref key, String model) {
    return config.spec().path("model").asText().equals(model)
        && config.spec().path("apiKeyRef").path("name").asText().equals(key.name());
  }

  private static String created(Live live) {
    return live.metadata().path("creationTimestamp").asText() + live.ref().name();
  }
}
