package dev.llmconfig.store.cluster;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.access.OwnMachine;
import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.FieldManagers;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.store.Flaw;
import dev.llmconfig.store.Manner.Run;
import dev.llmconfig.store.cluster.ApiRefusal.Why;
import dev.llmconfig.store.local.Ledger;
import dev.llmconfig.store.local.LocalObjects;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/// To the objects of this machine, answered as the API server would where there is one owner of
/// everything and nobody else at the same time.
final class LocalRequests implements Requests {

  private final LocalObjects.Desk desk;
  private final InstantSource clock;
  private final Patience patience = new Patience();

  LocalRequests(LocalObjects.Desk desk, InstantSource clock) {
    this.desk = desk;
    this.clock = clock;
  }

  @Override
  public Patience patience() {
    return patience;
  }

  @Override
  public Live get(Kind kind, Ref ref) {
    return desk.tree(kept(kind), ref)
        .map(tree -> live(kind, tree))
        .orElseThrow(() -> new ApiRefusal(new Why.Missing()));
  }

  @Override
  public List<Live> listMetadata(Kind kind, String namespace) {
    return list(kind, namespace, "");
  }

  @Override
  public List<Live> list(Kind kind, String namespace, String fieldSelector) {
    return desk.trees(kept(kind)).stream()
        .filter(tree -> tree.at("/metadata/namespace").asText().equals(namespace))
        .filter(tree -> fieldSelector.isEmpty() || selected(tree, fieldSelector))
        .map(tree -> live(kind, tree))
        .toList();
  }

  private static boolean selected(JsonNode tree, String selector) {
    var equals = selector.indexOf('=');
    var place = "/" + selector.substring(0, equals).replace('.', '/');
    return tree.at(place).asText().equals(selector.substring(equals + 1));
  }

  @Override
  public Live create(Kind kind, ObjectNode object, Run run) {
    LocalRules.hold(kind, object.path("spec"));
    var meta = object.path("metadata");
    if (!meta.path("namespace").asText().equals(OwnMachine.NAMESPACE)) {
      throw Ended.invalid(
          Flaw.invalid(
              "namespace",
              "Without a cluster there is one namespace; use %s.".formatted(OwnMachine.NAMESPACE)));
    }
    if (desk.tree(kept(kind), new Ref(meta.path("namespace").asText(), meta.path("name").asText()))
        .isPresent()) {
      throw new ApiRefusal(new Why.AlreadyThere());
    }
    var made = object.deepCopy();
    made.withObjectProperty("metadata")
        .put("uid", UUID.randomUUID().toString())
        .put("generation", 1)
        .put("creationTimestamp", now());
    return written(kind, made, run);
  }

  /// What is not in it goes: its owner owns all there is.
  @Override
  public Live apply(Live seen, ObjectNode intent, Run run, boolean force) {
    var next = current(seen).tree();
    next.set("spec", intent.path("spec").deepCopy());
    next.withObjectProperty("metadata")
        .withObjectProperty("annotations")
        .setAll((ObjectNode) intent.path("metadata").path("annotations"));
    return changed(seen, held(seen, next), run);
  }

  /// The one rule about what was before; the CRD has it, too.
  private static void refuseAnotherProvider(Live seen, ObjectNode next) {
    if (seen.kind() == Kind.ApiKeyConfig
        && !Trees.same(seen.spec().path("provider"), next.path("spec").path("provider"))) {
      throw Ended.invalid(
          Flaw.invalid(
              "spec.provider",
              "provider cannot be changed: create another ApiKeyConfig for the other provider and"
                  + " point the ModelConfigs to it."));
    }
  }

  @Override
  public Live patch(Live seen, ArrayNode operations, Run run) {
    var next = current(seen).tree();
    for (var operation : operations) {
      var place = JsonPointer.compile(operation.path("path").asText());
      if (next.at(place.head()) instanceof ObjectNode parent) {
        var name = place.last().getMatchingProperty();
        switch (operation.path("op").asText()) {
          case "add" -> parent.set(name, operation.path("value").deepCopy());
          case "remove" -> parent.remove(name);
          default -> {} // it is guarded already
        }
      }
    }
    return changed(seen, held(seen, next), run);
  }

  private static ObjectNode held(Live seen, ObjectNode next) {
    refuseAnotherProvider(seen, next);
    LocalRules.hold(seen.kind(), next.path("spec"));
    return next;
  }

  @Override
  public Live merge(Kind kind, Ref ref, ObjectNode change, String manager) {
    var there = get(kind, ref);
    guard("uid", there.uid(), change, new Why.Replaced());
    guard("resourceVersion", there.version(), change, new Why.Modified());
    return changed(there, Trees.merged(there.tree(), change), Run.Apply);
  }

  /// A patch may say of which object it is.
  private static void guard(String field, String now, ObjectNode change, Why otherwise) {
    if (!change.path("metadata").path(field).asText(now).equals(now)) {
      throw new ApiRefusal(otherwise);
    }
  }

  /// What was made for a key goes with it.
  @Override
  public void delete(Live seen, Run run) {
    var ref = current(seen).ref();
    if (run != Run.Apply) {
      return;
    }
    if (seen.kind() == Kind.ApiKeyConfig) {
      desk.remove(
          Ledger.Kind.Secret, new Ref(ref.namespace(), ManagedNames.encryptedSecret(ref.name())));
      desk.remove(
          Ledger.Kind.ConfigMap, new Ref(ref.namespace(), ManagedNames.factsConfigMap(ref.name())));
    }
    desk.remove(kept(seen.kind()), ref);
  }

  /// As it is now, which is as it was seen: a transaction lets nobody in between.
  private Live current(Live seen) {
    var now = get(seen.kind(), seen.ref());
    if (!now.uid().equals(seen.uid())) {
      throw new ApiRefusal(new Why.Replaced());
    }
    if (!now.version().equals(seen.version())) {
      throw new ApiRefusal(new Why.Modified());
    }
    return now;
  }

  private Live changed(Live before, ObjectNode next, Run run) {
    var same = Trees.same(before.spec(), next.path("spec"));
    next.withObjectProperty("metadata").put("generation", before.generation() + (same ? 0 : 1));
    return written(before.kind(), next, run);
  }

  private Live written(Kind kind, ObjectNode next, Run run) {
    var meta = next.withObjectProperty("metadata");
    meta.putArray("managedFields")
        .addObject()
        .put("manager", FieldManagers.PLAYGROUND)
        .put("operation", "Apply")
        .put("apiVersion", kind.apiVersion())
        .put("time", now());
    return live(kind, run == Run.Apply ? desk.put(kept(kind), next) : next);
  }

  /// Of all of the spec there is one owner, whoever has put it there.
  private static Live live(Kind kind, ObjectNode tree) {
    var fields = Trees.object();
    fields.set("f:spec", fields(tree.path("spec")));
    fields
        .putObject("f:metadata")
        .putObject("f:annotations")
        .putObject("f:" + Annotations.LAST_CHANGED_BY);
    var owned = tree.deepCopy();
    owned
        .withObjectProperty("metadata")
        .putArray("managedFields")
        .addObject()
        .put("manager", FieldManagers.PLAYGROUND)
        .put("operation", "Apply")
        .put("fieldsType", "FieldsV1")
        .set("fieldsV1", fields);
    return new Live(kind, owned);
  }

  private static ObjectNode fields(JsonNode value) {
    var fields = Trees.object();
    value.properties().forEach(one -> fields.set("f:" + one.getKey(), fields(one.getValue())));
    return fields;
  }

  private String now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static Ledger.Kind kept(Kind kind) {
    return switch (kind) {
      case ApiKeyConfig -> Ledger.Kind.ApiKeyConfig;
      case ModelConfig -> Ledger.Kind.ModelConfig;
      // Nobody's own are here.
      case Secret, ConfigMap, Deployment, StatefulSet, DaemonSet, CronJob ->
          throw new ApiRefusal(new Why.Missing());
    };
  }
}
