package dev.llmconfig.guest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.guest.FieldManager.Operation;
import dev.llmconfig.testing.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;

/// Whatever was delivered in whatever order, with an owner and a Git tool at work in between: a
/// patch leaves nothing to be written, and a release leaves what the others would have without us.
class GuestPropertiesTest {

  private static final FieldManager GIT =
      new FieldManager("argocd-controller", Operation.Apply, "");
  private static final List<String> PLAIN = List.of("MODEL", "URL");

  @RepeatedTest(200)
  void aGuestLeavesNoTrace() {
    long seed = Seeds.next(GuestPropertiesTest.class);
    var random = new Random(seed);
    WorkloadKind kind = List.of(WorkloadKind.values()).get(random.nextInt(4));
    ObjectNode[] containers = {
      Manifests.container("agent", Manifests.value("FOO", "$(MODEL)")),
      Manifests.container("helper")
    };
    FakeServer visited = FakeServer.with(kind, containers);
    FakeServer alone = FakeServer.with(kind, containers);
    var told = new ArrayList<String>();

    for (int step = 0; step < 15; step++) {
      switch (random.nextInt(4)) {
        case 0 -> {
          ObjectNode patch = owners(kind, random);
          visited.merge(FakeServer.OWNER, patch);
          alone.merge(FakeServer.OWNER, patch);
          told.add("owner " + patch);
        }
        case 1 -> {
          ObjectNode manifest = declared(kind, random);
          visited.apply(GIT, manifest);
          alone.apply(GIT, manifest);
          told.add("git " + manifest);
        }
        default -> {
          Delivery delivery = delivery(random);
          told.add(delivery.rendered() + " to " + delivery.containers());
          GuestPatch patch = Guest.deliver(visited.workload(), delivery);
          String as = "seed " + seed + "\n" + String.join("\n", told) + "\n" + patch;
          assertThat(Guest.deliver(visited.workload(), delivery)).as(as).isEqualTo(patch);
          patch.body().map(Json::parsed).ifPresent(body -> visited.merge(FieldManager.US, body));
          assertThat(Guest.deliver(visited.workload(), delivery).body()).as(as).isEmpty();
          noEntryIsHollow(as, visited);
        }
      }
    }
    GuestPatch patch = Guest.release(visited.workload(), Deliveries.KNOWN);
    patch.body().map(Json::parsed).ifPresent(body -> visited.merge(FieldManager.US, body));

    String as = "seed " + seed + "\n" + String.join("\n", told) + "\n" + patch;
    assertThat(visited.claimsOf(FieldManager.US)).as(as).isEmpty();
    assertThat(Guest.release(visited.workload(), Deliveries.KNOWN).body()).as(as).isEmpty();
    assertThat(sorted(visited)).as(as).isEqualTo(sorted(alone));
  }

  /// Without us the others' entries would have come in another order.
  private static ObjectNode sorted(FakeServer server) {
    ObjectNode object = server.object();
    for (var container : Manifests.containers(server.kind, object)) {
      var entries =
          container
              .path("env")
              .valueStream()
              .sorted(Comparator.comparing(entry -> entry.path("name").asText()))
              .toList();
      ((ObjectNode) container).putArray("env").addAll(entries);
    }
    return object;
  }

  private static void noEntryIsHollow(String as, FakeServer server) {
    for (var container : Manifests.containers(server.kind, server.object())) {
      assertThat(container.path("env")).as(as).allMatch(entry -> entry.size() > 1);
    }
  }

  /// Never of a name of ours: what is taken over is `GuestTest`'s.
  private static ObjectNode owners(WorkloadKind kind, Random random) {
    String name = "OWN" + random.nextInt(3);
    return Manifests.environment(
        kind,
        random.nextBoolean() ? "agent" : "helper",
        random.nextBoolean()
            ? Manifests.deleted("name", name)
            : Manifests.value(name, "v" + random.nextInt(3)));
  }

  /// Sometimes a name of ours.
  private static ObjectNode declared(WorkloadKind kind, Random random) {
    ObjectNode manifest = Json.object();
    ObjectNode agent = Manifests.containers(kind, manifest).addObject().put("name", "agent");
    var env = agent.putArray("env");
    for (String name : PLAIN) {
      if (random.nextInt(3) == 0) {
        env.add(Manifests.value(name, "git" + random.nextInt(2)));
      }
    }
    return manifest;
  }

  private static Delivery delivery(Random random) {
    if (random.nextInt(5) == 0) {
      return Deliveries.files("d-files", "/etc/llm");
    }
    var entries = new ArrayList<String>();
    if (random.nextInt(3) > 0) {
      entries.add("KEY@s" + random.nextInt(3));
    }
    for (String name : PLAIN) {
      if (random.nextInt(3) > 0) {
        entries.add(name + "=git" + random.nextInt(3));
      }
    }
    Delivery one =
        Deliveries.variables("d-" + String.join(",", entries), entries.toArray(String[]::new));
    return random.nextInt(4) == 0 ? Deliveries.to(one, "helper") : one;
  }
}
