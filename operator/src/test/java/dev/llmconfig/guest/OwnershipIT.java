package dev.llmconfig.guest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Labels;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Seeds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Our judgement of who owns what, against the API server's own.
///
/// After each write of a random history, somebody who has written nothing yet asks the server by a
/// dry run of server-side apply, without force, for another content of everything that we could
/// ever write: both `value` and every kind of `valueFrom` of each variable, the mount, the volume,
/// the annotations and the marker. What the server refuses it refuses with the manager and the path
/// of each field, because a conflict is exactly this: a manager's set of fields, as `managedFields`
/// has it, meets the set of fields whose content would change. Conflicts are found before the
/// object is validated, so the same request may say nonsense. All of the content being changed,
/// these conflicts are, for each thing, the claims on its content by all managers, us among them:
/// the two lists are compared whole.
///
/// Where the two may differ, and why we are the stricter one: the server lets others write into
/// what is there and has no record (we do not), and into an entry of which somebody declares but
/// the name (we do not). And a server's conflict about a list or map itself, by somebody who
/// declares it empty, is left out: what others put into it stays, as `GuestIT` shows.
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class OwnershipIT {

  private static final int WORKLOADS = 12;
  private static final int STEPS = 8;
  private static final List<WorkloadKind> KINDS = List.of(WorkloadKind.values());
  private static final String JUDGE = "a-judge";
  private static final Pattern CONFLICT =
      Pattern.compile("conflict with \"(.*?)\"(?: with subresource \"(.*?)\")?( using .*)?");
  private static final Pattern LIST =
      Pattern.compile(".*\\.(env|volumeMounts|volumes|labels|annotations)");

  private final Map<String, Integer> seen = new TreeMap<>();
  private WorkloadApi api;

  @BeforeAll
  void joins(ControlPlane plane) {
    api = new WorkloadApi(plane.admin().client(), plane.namespace());
  }

  @AfterAll
  void everyAnswerWasSeen() {
    assertThat(seen)
        .as("what was compared, and how often")
        .containsKeys("Free", "Ours", "Shared", "Owned", "Changed", "Restored", "Unclaimed")
        .allSatisfy((_, times) -> assertThat(times).isGreaterThan(20));
  }

  @RepeatedTest(20)
  void judgesAsTheServerDoes() {
    long seed = Seeds.next(OwnershipIT.class);
    var random = new Random(seed);
    for (int i = 0; i < WORKLOADS; i++) {
      WorkloadKind kind =
          i % 2 == 0 ? WorkloadKind.Deployment : KINDS.get(random.nextInt(KINDS.size()));
      var history = new History(api, kind, random);
      compare(seed, history);
      for (int step = 0; step < STEPS; step++) {
        if (random.nextInt(4) == 0 ? patched(history) : history.step()) {
          compare(seed, history);
        }
      }
    }
  }

  /// What we would never write: whatever it is, whosever it is.
  private static boolean patched(History history) {
    Pieces pieces = history.pieces;
    String container = pieces.one(history.workload().containers()).getName();
    ObjectNode patch = Manifests.environment(history.kind, container, pieces.changes());
    if (pieces.chance(2)) {
      Pieces.ANNOTATIONS.forEach(name -> pieces.annotations(patch).put(name, pieces.value()));
      pieces.mark(patch);
    }
    if (pieces.chance(4)) {
      pieces.mount(patch, container);
    }
    return history.ours(patch).ok();
  }

  private void compare(long seed, History history) {
    Supplier<String> as = () -> "seed " + seed + ", " + history.text();
    Workload workload = history.workload();
    var ownership = Ownership.of(workload);
    Set<Claim> conflicts = conflicts(as, history, workload);

    var expected = new HashSet<Claim>();
    for (Thing thing : things(ownership, workload)) {
      expected.addAll(
          workload.unrecorded()
              ? beforeFirstApply(thing, conflicts)
              : Set.copyOf(thing.claims().content()));
      seen.merge(thing.standing().getClass().getSimpleName(), 1, Integer::sum);
      assertThat(thing.standing())
          .as(() -> as.get() + "\n" + thing.path())
          .satisfies(standing -> agrees(standing, Set.copyOf(thing.claims().content())))
          .satisfies(standing -> agrees(standing, history.has(thing.path())));
    }
    assertThat(sorted(expected)).as(as).isEqualTo(sorted(conflicts));
  }

  /// Without any record the server gives everything to a manager that it invents.
  private static Set<Claim> beforeFirstApply(Thing thing, Set<Claim> conflicts) {
    assertThat(thing.claims().content()).isEmpty();
    return conflicts.stream()
        .filter(claim -> claim.path().toString().startsWith(thing.path().toString()))
        .peek(claim -> assertThat(claim.manager().name()).isEqualTo("before-first-apply"))
        .collect(Collectors.toSet());
  }

  private static void agrees(Standing standing, Set<Claim> conflicts) {
    boolean us = conflicts.stream().anyMatch(claim -> claim.manager().us());
    Set<Claim> others =
        conflicts.stream().filter(claim -> !claim.manager().us()).collect(Collectors.toSet());
    switch (standing) {
      case Standing.Free _, Standing.Unclaimed _ -> assertThat(conflicts).isEmpty();
      case Standing.Ours _ -> assertThat(others).isEmpty();
      case Standing.Shared(var with) -> {
        assertThat(us).isTrue();
        assertThat(with).isNotEmpty().containsAll(others);
      }
      case Standing.Owned(var by) -> others(us, by, others);
      case Standing.Changed(var by) -> others(us, by, others);
      case Standing.Restored(var by) -> others(us, by, others);
    }
  }

  private static void agrees(Standing standing, boolean there) {
    switch (standing) {
      case Standing.Free _ -> assertThat(there).isFalse();
      case Standing.Owned _ -> {} // or declared to be empty
      case Standing.Ours _,
          Standing.Shared _,
          Standing.Changed _,
          Standing.Restored _,
          Standing.Unclaimed _ ->
          assertThat(there).isTrue();
    }
  }

  private static void others(boolean us, List<Claim> by, Set<Claim> others) {
    assertThat(us).isFalse();
    assertThat(by).isNotEmpty().containsAll(others);
  }

  /// Everything that we could write.
  private static List<Thing> things(Ownership ownership, Workload workload) {
    var things = new ArrayList<Thing>();
    for (var container : workload.containers()) {
      String name = container.getName();
      Pieces.VARIABLES.forEach(variable -> things.add(ownership.aVariable(name, variable)));
      things.add(ownership.aMount(name, Pieces.MOUNT));
    }
    things.add(ownership.aVolume(Pieces.VOLUME));
    Pieces.ANNOTATIONS.forEach(annotation -> things.add(ownership.anAnnotation(annotation)));
    things.add(ownership.theMarker());
    return things;
  }

  private Set<Claim> conflicts(Supplier<String> as, History history, Workload workload) {
    var answer = api.wouldApply(history.kind, history.name, question(history, workload), JUDGE);
    if (answer.code() != 409) {
      // Nonsense that nobody objects to is refused as nonsense.
      assertThat(answer.code()).as(() -> as.get() + answer.body()).isEqualTo(422);
      return Set.of();
    }
    var conflicts = new HashSet<Claim>();
    for (JsonNode cause : answer.body().path("details").path("causes")) {
      String field = cause.path("field").asText();
      var matcher = CONFLICT.matcher(cause.path("message").asText());
      assertThat(matcher.matches()).as(() -> as.get() + cause).isTrue();
      if (!LIST.matcher(field).matches()) {
        conflicts.add(
            new Claim(
                new FieldManager(
                    matcher.group(1),
                    matcher.group(3) == null
                        ? FieldManager.Operation.Apply
                        : FieldManager.Operation.Update,
                    Optional.ofNullable(matcher.group(2)).orElse("")),
                FieldPath.of(field.substring(1))));
      }
    }
    return conflicts;
  }

  /// Another content of everything that we could write.
  private static ObjectNode question(History history, Workload workload) {
    ObjectNode question = Manifests.bare(history.kind, history.name);
    question.withObjectProperty("metadata").putObject("labels").put(Labels.DELIVERED_BY, JUDGE);
    ObjectNode template = Manifests.template(history.kind, question);
    ObjectNode annotations = template.withObjectProperty("metadata").putObject("annotations");
    Pieces.ANNOTATIONS.forEach(annotation -> annotations.put(annotation, JUDGE));
    ObjectNode volume =
        template
            .withObjectProperty("spec")
            .putArray("volumes")
            .addObject()
            .put("name", "llmconfig");
    volume
        .putObject("projected")
        .putArray("sources")
        .addObject()
        .putObject("secret")
        .put("name", JUDGE);
    ArrayNode containers = Manifests.containers(history.kind, question);
    for (var container : workload.containers()) {
      ObjectNode one = containers.addObject().put("name", container.getName());
      ArrayNode env = one.putArray("env");
      for (String variable : Pieces.VARIABLES) {
        ObjectNode entry = env.addObject().put("name", variable).put("value", JUDGE);
        ObjectNode source = entry.putObject("valueFrom");
        for (String kind : List.of("secretKeyRef", "configMapKeyRef")) {
          source.putObject(kind).put("name", JUDGE).put("key", JUDGE);
        }
        source.putObject("fieldRef").put("fieldPath", JUDGE);
        source.putObject("resourceFieldRef").put("resource", JUDGE);
      }
      boolean readOnly =
          container.getVolumeMounts().stream()
              .anyMatch(mount -> Boolean.TRUE.equals(mount.getReadOnly()));
      one.putArray("volumeMounts")
          .addObject()
          .put("mountPath", Pieces.MOUNT)
          .put("name", JUDGE)
          .put("readOnly", !readOnly);
    }
    return question;
  }

  /// As text, because the server's paths are text.
  private static Set<String> sorted(Set<Claim> claims) {
    return claims.stream()
        .flatMap(claim -> Stream.of(claim.manager() + " " + claim.path()))
        .map(text -> text.replace(" .", " "))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
