package dev.llmconfig.guest;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.Labels;
import dev.llmconfig.guest.Delivery.Occasion;
import dev.llmconfig.guest.WorkloadApi.Answer;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Seeds;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// The guest's patches on the real API server, between writes of everybody else at random: each is
/// accepted, takes nothing from anyone, leaves nothing to be written, and does what was asked or
/// says what is in its way; and in the end nothing of ours is left.
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class GuestIT {

  private static final int WORKLOADS = 10;
  private static final int STEPS = 12;
  private static final Set<String> KNOWN = Set.copyOf(Pieces.VARIABLES);
  private static final List<WorkloadKind> KINDS = List.of(WorkloadKind.values());

  private final Map<String, Integer> seen = new TreeMap<>();
  private WorkloadApi api;

  @BeforeAll
  void joins(ControlPlane plane) {
    api = new WorkloadApi(plane.admin().client(), plane.namespace());
  }

  /// But for what is rare by chance, such as a change by hand of what is ours at rest.
  @AfterAll
  void everythingHappened() {
    assertThat(seen)
        .as("what happened, and how often")
        .containsKeys(
            "Template",
            "Bookkeeping",
            "Nothing",
            "Owned",
            "Unclaimed",
            "lost",
            "claims given up or taken back");
  }

  @RepeatedTest(12)
  void isAGuest() {
    long seed = Seeds.next(GuestIT.class);
    var random = new Random(seed);
    for (int i = 0; i < WORKLOADS; i++) {
      var history = new History(api, KINDS.get(i % KINDS.size()), random);
      Delivery delivery = delivery(history.pieces);
      for (int step = 0; step < STEPS; step++) {
        if (random.nextInt(2) == 0) {
          history.step();
        } else {
          delivers(seed, history, delivery);
          delivery = random.nextInt(2) == 0 ? delivery : delivery(history.pieces);
        }
      }
      leaves(seed, history);
    }
  }

  private void delivers(long seed, History history, Delivery delivery) {
    String told = "seed " + seed + ", " + history.text() + "\n" + delivery;
    Visit visit = visit(told, history, workload -> Guest.deliver(workload, delivery));

    count(visit.patch());
    boolean changing =
        delivery.occasion() == Occasion.Request
            || !visit
                .before()
                .templateAnnotation(Annotations.RENDERED)
                .equals(Optional.of(delivery.rendered()));
    // Our own names are corrected at any time.
    tookNothing(
        told,
        history,
        visit,
        thing ->
            mayWrite(
                thing.standing(), changing || thing.path().toString().contains("llmconfig.dev/")));
    everythingIsThereOrReported(told, history.workload(), delivery, visit.patch());
  }

  private void leaves(long seed, History history) {
    String told = "seed " + seed + ", " + history.text() + "\nleaving";
    Visit visit = visit(told, history, workload -> Guest.release(workload, KNOWN));

    tookNothing(told, history, visit, thing -> mayWrite(thing.standing(), true));
    assertThat(history.workload().managed())
        .as(told)
        .extracting(FieldManager::of)
        .doesNotContain(FieldManager.US);
  }

  private record Visit(Workload before, ObjectNode live, GuestPatch patch) {}

  private interface Planning {
    GuestPatch plan(Workload workload);
  }

  /// As a reconciler would: look, plan, send, and look again if the workload has changed meanwhile,
  /// as its status does.
  private static Visit visit(String told, History history, Planning planning) {
    for (int tries = 0; ; tries++) {
      history.refresh();
      ObjectNode live = history.live();
      Workload workload = history.workload();
      GuestPatch patch = planning.plan(workload);
      if (patch.body().isPresent()) {
        Answer answer = history.ours(Json.parsed(patch.body().get()));
        if (answer.code() == 409 && tries < 10) {
          continue;
        }
        assertThat(answer.ok()).as(() -> told + "\n" + patch + "\n" + answer.body()).isTrue();
      }
      GuestPatch again = planning.plan(history.workload());
      assertThat(again.body()).as(() -> told + "\n" + patch + "\ndone twice").isEmpty();
      return new Visit(workload, live, patch);
    }
  }

  private static boolean mayWrite(Standing standing, boolean changing) {
    return switch (standing) {
      case Standing.Free _, Standing.Ours _ -> true;
      case Standing.Changed _, Standing.Restored _ -> changing;
      case Standing.Shared _, Standing.Owned _, Standing.Unclaimed _ -> false;
    };
  }

  /// Without what we may write, the object is what it was, in the same order; and whoever had a
  /// claim to the rest has it still.
  private static void tookNothing(
      String told, History history, Visit visit, Predicate<Thing> mayWrite) {
    var before = Ownership.of(visit.before());
    var after = Ownership.of(history.workload());
    Set<String> ours = new HashSet<>();
    for (Thing thing : things(before, visit.before())) {
      if (mayWrite.test(thing)) {
        ours.add(thing.path().toString());
      }
    }
    assertThat(rest(history, history.live(), before, ours))
        .as(() -> told + "\n" + visit.patch())
        .isEqualTo(rest(history, visit.live(), before, ours));

    Map<String, Thing> now = new LinkedHashMap<>();
    things(after, history.workload()).forEach(thing -> now.put(thing.path().toString(), thing));
    for (Thing thing : things(before, visit.before())) {
      if (!ours.contains(thing.path().toString())) {
        assertThat(others(now.getOrDefault(thing.path().toString(), thing)))
            .as(() -> told + "\n" + visit.patch())
            .isEqualTo(others(thing));
      }
    }
  }

  private static Set<Claim> others(Thing thing) {
    return thing.claims().all().filter(claim -> !claim.manager().us()).collect(toSet());
  }

  private static List<Thing> things(Ownership ownership, Workload workload) {
    var things = new ArrayList<Thing>();
    for (Container container : workload.containers()) {
      String name = container.getName();
      Pieces.VARIABLES.forEach(variable -> things.add(ownership.aVariable(name, variable)));
      things.add(ownership.aMount(name, Pieces.MOUNT));
    }
    things.add(ownership.aVolume(Pieces.VOLUME));
    Pieces.ANNOTATIONS.forEach(annotation -> things.add(ownership.anAnnotation(annotation)));
    things.add(ownership.theMarker());
    return things;
  }

  /// The object without these paths, and without what the server itself writes.
  private static ObjectNode rest(
      History history, ObjectNode live, Ownership ownership, Set<String> without) {
    live.remove("status");
    ObjectNode metadata = live.withObjectProperty("metadata");
    metadata.remove(List.of("managedFields", "resourceVersion", "generation"));
    ObjectNode template = Manifests.template(history.kind, live);
    for (String annotation : Pieces.ANNOTATIONS) {
      if (without.contains(ownership.anAnnotation(annotation).path().toString())) {
        template
            .withObjectProperty("metadata")
            .withObjectProperty("annotations")
            .remove(annotation);
      }
    }
    if (without.contains(ownership.theMarker().path().toString())) {
      metadata.withObjectProperty("labels").remove(Labels.DELIVERED_BY);
    }
    // The controller's own bookkeeping goes on meanwhile.
    metadata.withObjectProperty("annotations").remove("deployment.kubernetes.io/revision");
    metadata.withObjectProperty("annotations").remove("deprecated.daemonset.template.generation");
    ObjectNode pod = template.withObjectProperty("spec");
    keep(pod, "volumes", "name", name -> !without.contains(ownership.aVolume(name).path() + ""));
    for (JsonNode one : Manifests.containers(history.kind, live)) {
      String container = one.path("name").asText();
      keep(
          (ObjectNode) one,
          "env",
          "name",
          name -> !without.contains(ownership.aVariable(container, name).path() + ""));
      keep(
          (ObjectNode) one,
          "volumeMounts",
          "mountPath",
          path -> !without.contains(ownership.aMount(container, path).path() + ""));
    }
    return live;
  }

  /// Those elements of a list, those of one key side by side, as any merge puts them.
  private static void keep(ObjectNode parent, String list, String key, Predicate<String> kept) {
    var byKey = new LinkedHashMap<String, List<JsonNode>>();
    parent
        .path(list)
        .forEach(
            one -> byKey.computeIfAbsent(one.path(key).asText(), _ -> new ArrayList<>()).add(one));
    ArrayNode rest = Json.array();
    byKey.forEach((name, elements) -> {
      if (kept.test(name)) {
        rest.addAll(elements);
      }
    });
    parent.set(list, rest);
  }

  private static void everythingIsThereOrReported(
      String told, Workload after, Delivery delivery, GuestPatch patch) {
    Set<String> obstacles =
        patch.obstacles().stream().map(one -> one.path().toString()).collect(toSet());
    boolean all =
        obstacles.stream()
            .anyMatch(path -> path.contains("llmconfig.dev/") || path.contains(".volumes"));
    if (all || !(delivery.content() instanceof Content.Variables(var entries))) {
      return;
    }
    var ownership = Ownership.of(after);
    for (Container container : after.containers()) {
      String name = container.getName();
      if (!delivery.containers().isEmpty() && !delivery.containers().contains(name)) {
        continue;
      }
      for (EnvVar entry : entries) {
        String path = ownership.aVariable(name, entry.getName()).path().toString();
        assertThat(
                container.getEnv().contains(entry)
                    || obstacles.contains(path)
                    || obstacles.contains(ownership.containerPath(name).field("env").toString()))
            .as(() -> told + "\n" + patch + "\n" + path)
            .isTrue();
      }
    }
  }

  private void count(GuestPatch patch) {
    seen.merge(patch.effect().name(), 1, Integer::sum);
    patch.obstacles().forEach(one -> seen.merge(one.reason().name(), 1, Integer::sum));
    patch.lost().forEach(_ -> seen.merge("lost", 1, Integer::sum));
    if (patch.body().filter(text -> text.contains("managedFields")).isPresent()) {
      seen.merge("claims given up or taken back", 1, Integer::sum);
    }
  }

  private static Delivery delivery(Pieces pieces) {
    Delivery one =
        switch (pieces.below(6)) {
          case 0 -> Deliveries.files("d-files", Pieces.MOUNT);
          case 1 -> Deliveries.referenced("d-referenced");
          default -> {
            var entries = new ArrayList<String>();
            for (String variable : Pieces.VARIABLES) {
              switch (pieces.below(3)) {
                case 0 -> entries.add(variable + "=" + pieces.value());
                case 1 -> entries.add(variable + "@s" + pieces.value());
                default -> {}
              }
            }
            yield Deliveries.variables(
                "d-" + Integer.toHexString(entries.hashCode()), entries.toArray(String[]::new));
          }
        };
    return new Delivery(
        pieces.value(),
        "m-" + pieces.value(),
        one.rendered(),
        one.content(),
        pieces.chance(4) ? List.of("helper") : List.of(),
        KNOWN,
        pieces.chance(5) ? Occasion.Request : Occasion.Convergence);
  }
}
