package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.Labels;
import dev.llmconfig.testing.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;

/// Whatever people, owners and accidents do to a namespace of agents, in whatever order: no
/// template ever names a Secret that is not there, nobody loses what is theirs, no more roll at a
/// time than may, what has failed goes to nobody else, and at the end everybody has the same.
class DeliveryPropertiesTest {

  private static final List<String> BOTH = List.of("a", "b");
  private static final List<String> MODELS =
      List.of("gpt-4.1-mini", "gpt-4.1", DeliveryWorld.BROKEN);

  @RepeatedTest(20)
  void theRulesHoldAtEachStepAndAtTheEndEverybodyHasTheSame() {
    var seed = Seeds.next(DeliveryPropertiesTest.class);
    var random = new Random(seed);
    var world = lived(random);

    calm(world, random);
    world.model("a", "gpt-4.1-nano", true, false);
    world.model("b", "gpt-5-mini", false, false);
    world.retry("a");
    world.retry("b");
    world.rest(shuffled(random));

    assertThat(world.breaches).as(said(seed, world)).isEmpty();
    for (var one : world.workloads.values()) {
      var holder = world.holder(one.name());
      if (holder.isEmpty()) {
        assertThat(one.workload().labels())
            .as(said(seed, world))
            .doesNotContainKey(Labels.DELIVERED_BY);
      } else if (one.given().stream().noneMatch(one::belongsToAPerson)) {
        assertThat(one.given())
            .as(one.name() + " " + said(seed, world))
            .containsExactly(
                "OPENAI_API_KEY@" + world.current(),
                "OPENAI_MODEL=" + (holder.equals("a") ? "gpt-4.1-nano" : "gpt-5-mini"));
      }
    }
  }

  @RepeatedTest(20)
  void releaseTakesWhatWasAddedAndNothingElse() {
    var seed = Seeds.next(DeliveryPropertiesTest.class);
    var random = new Random(seed);
    var world = lived(random);

    calm(world, random);
    BOTH.forEach(world::deleted);
    world.rest(shuffled(random));

    assertThat(world.breaches).as(said(seed, world)).isEmpty();
    assertThat(world.models).as(said(seed, world)).isEmpty();
    for (var one : world.workloads.values()) {
      assertThat(one.workload().labels())
          .as(said(seed, world))
          .doesNotContainKey(Labels.DELIVERED_BY);
      if (one.broughtBack()) {
        continue; // what a person puts back where nothing was delivered is theirs
      }
      assertThat(one.workload().templateAnnotation(Annotations.RENDERED))
          .as(one.name() + " " + said(seed, world))
          .isEmpty();
      assertThat(one.given())
          .as(one.name() + " " + said(seed, world))
          .allMatch(one::belongsToAPerson);
    }
  }

  private static DeliveryWorld lived(Random random) {
    var world = new DeliveryWorld(random);
    for (int at = 0; at < 1 + random.nextInt(6); at++) {
      world.agent("agent-" + at, List.of("a", "b", "default").get(random.nextInt(3)));
    }
    world.model("a", "gpt-4.1-mini", true, false);
    world.model("b", "gpt-4.1", false, false);
    for (int step = 0; step < 40; step++) {
      happen(world, random);
      if (random.nextInt(3) > 0) {
        shuffled(random).forEach(world::reconcile);
      }
      world.pass(Duration.ofSeconds(random.nextInt(60)));
    }
    return world;
  }

  private static void happen(DeliveryWorld world, Random random) {
    var name = BOTH.get(random.nextInt(2));
    switch (random.nextInt(15)) {
      case 0, 1, 2 -> {
        var model = MODELS.get(random.nextInt(MODELS.size()));
        world.told.add(name + " is " + model);
        world.model(name, model, random.nextBoolean(), random.nextInt(6) == 0);
      }
      case 3 -> {
        world.told.add("rotate");
        world.rotate();
      }
      case 4 -> world.keyReady(random.nextInt(3) > 0);
      case 5 -> world.answers(random.nextInt(3) > 0);
      case 6 -> world.retry(name);
      case 7 -> world.forgetfulAfter(random.nextInt(4));
      case 8 -> world.deleted(name);
      case 9 -> world.agent("late-" + random.nextInt(3), name);
      case 10 -> {
        world.told.add("all Secrets are deleted by hand");
        world.secrets.clear();
      }
      case 11 -> world.listsAnew();
      default -> world.own(random);
    }
  }

  /// No more accidents.
  private static void calm(DeliveryWorld world, Random random) {
    world.forgetfulAfter(Integer.MAX_VALUE);
    world.noMoreAccidents();
    world.keyReady(true);
    world.answers(true);
    world.workloads.values().forEach(one -> one.deployed("agent:10", world.now));
    world.rest(shuffled(random));
  }

  private static List<String> shuffled(Random random) {
    var order = new ArrayList<>(BOTH);
    Collections.shuffle(order, random);
    return order;
  }

  private static String said(long seed, DeliveryWorld world) {
    return "seed %d: %s".formatted(seed, String.join("\n", world.told));
  }
}
