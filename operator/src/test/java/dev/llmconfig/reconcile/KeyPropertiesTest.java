package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.Provider;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.api.VerificationMode;
import dev.llmconfig.testing.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.RepeatedTest;

/// Whatever happens to a key, its source, its provider, the ring and the process, in whatever order
/// and however often: the rules hold at each step, and where all ends alike, all ends the same.
class KeyPropertiesTest {

  private static final List<String> KEYS =
      List.of("sk-aaaaaaaaaaaaaaaaaaaa", "sk-bbbbbbbbbbbbbbbbbbbb", "sk-cccccccccccccccccccc");
  private static final Duration SOON = Duration.ofSeconds(1);

  /// Longer than the longest wait between two tries.
  private static final Duration A_WHILE = Duration.ofMinutes(10);

  private record Happening(String name, Consumer<KeyWorld> what) {
    @Override
    public String toString() {
      return name;
    }
  }

  @RepeatedTest(150)
  void theRulesHoldAtEachStep() {
    var seed = Seeds.next(KeyPropertiesTest.class);
    var random = new Random(seed);
    var story = new ArrayList<Happening>();
    try (var world = new KeyWorld(provider(random), random)) {
      for (int step = 0; step < 40; step++) {
        var happening = any(random, step);
        story.add(happening);
        var at = "seed " + seed + ": " + story;
        happening.what().accept(world);
        world.pass(SOON);

        assertThat(world.breaches).as(at).isEmpty();
        aSecondLookChangesNothing(world, at);
        peopleAndToolsCanTellWhereItStands(world, at);
      }
    }
  }

  @RepeatedTest(100)
  void anyOrderAndRepetitionEndsInTheSameState() {
    var seed = Seeds.next(KeyPropertiesTest.class);
    var random = new Random(seed);
    var provider = provider(random);
    var end = end(random);
    var truth = answer(random);
    var straight = after(provider, truth, random, end);
    var astray = new ArrayList<>(end);
    astray.addAll(end);
    Collections.shuffle(astray, random);
    for (int extra = 0; extra < 3; extra++) {
      astray.add(random.nextInt(astray.size()), new Happening("restart", KeyWorld::restart));
    }

    assertThat(after(provider, truth, random, astray))
        .as("seed " + seed + ": " + astray)
        .isEqualTo(straight);
  }

  @RepeatedTest(60)
  void aRestartAsksNobodyAndChangesNothing() {
    var seed = Seeds.next(KeyPropertiesTest.class);
    var random = new Random(seed);
    var story = new ArrayList<Happening>();
    try (var world = new KeyWorld(provider(random), random)) {
      for (int step = 0; step < 15; step++) {
        story.add(any(random, step));
        story.getLast().what().accept(world);
        world.pass(SOON);
      }
      world.weather(Optional.empty());
      world.pass(A_WHILE);
      var before = world.exactly();
      var calls = world.calls;
      var events = List.copyOf(world.events);

      for (int restart = 0; restart < 3; restart++) {
        world.restart();
        world.pass(SOON);
      }

      var at = "seed " + seed + ": " + story;
      assertThat(world.exactly()).as(at).isEqualTo(before);
      assertThat(world.calls).as(at).isEqualTo(calls);
      assertThat(world.events).as(at).isEqualTo(events);
    }
  }

  /// Also when somebody asks in the middle of it, and whatever is restarted meanwhile.
  @RepeatedTest(60)
  void weatherNeverTouchesReady() {
    var seed = Seeds.next(KeyPropertiesTest.class);
    var random = new Random(seed);
    var story = new ArrayList<Happening>();
    try (var world = new KeyWorld(provider(random), random)) {
      world.consent(true);
      world.source(KEYS.getFirst());
      world.truth(KEYS.getFirst(), answer(random));
      world.pass(SOON);
      if (random.nextBoolean()) {
        world.truth(KEYS.get(1), VerdictReason.InvalidKey);
        world.source(KEYS.get(1));
        world.pass(SOON);
      }
      var ready = world.condition("Ready");
      var events = List.copyOf(world.events);

      for (int step = 0; step < 10; step++) {
        story.add(storm(random, step));
        story.getLast().what().accept(world);
        world.pass(Duration.ofMinutes(random.nextInt(40)));

        assertThat(world.condition("Ready")).as("seed " + seed + ": " + story).isEqualTo(ready);
      }
      world.weather(Optional.empty());
      world.pass(A_WHILE);

      assertThat(world.condition("Ready")).as("seed " + seed + ": " + story).isEqualTo(ready);
      assertThat(world.events).as("seed " + seed + ": " + story).isEqualTo(events);
      assertThat(world.breaches).as("seed " + seed + ": " + story).isEmpty();
    }
  }

  private static void aSecondLookChangesNothing(KeyWorld world, String at) {
    var before = world.exactly();
    var calls = world.calls;
    var events = List.copyOf(world.events);

    world.look();
    world.pass(Duration.ZERO);

    assertThat(world.exactly()).as(at).isEqualTo(before);
    assertThat(world.calls).as(at).isEqualTo(calls);
    assertThat(world.events).as(at).isEqualTo(events);
  }

  /// By the rules of kstatus (traps E3): what is not Ready either comes by itself, or waits for a
  /// person, or was put to rest by one.
  private static void peopleAndToolsCanTellWhereItStands(KeyWorld world, String at) {
    var ready = world.says("Ready");
    var comes = world.condition("Reconciling").isPresent();
    var stalled = world.condition("Stalled").isPresent();

    assertThat(comes && stalled).as(at + " " + world.summary()).isFalse();
    if (!ready.startsWith("True") && !ready.contains("Suspended")) {
      assertThat(comes || stalled || refusedInUse(ready)).as(at + " " + world.summary()).isTrue();
    }
    if (ready.startsWith("True Verified")) {
      assertThat(comes || stalled).as(at + " " + world.summary()).isFalse();
    }
  }

  /// Nothing but the source is waited for, and it is said that the key in use is bad.
  private static boolean refusedInUse(String ready) {
    return ready.startsWith("False " + VerdictReason.InvalidKey);
  }

  private static String after(
      Provider provider, VerdictReason truth, Random random, List<Happening> story) {
    try (var world = new KeyWorld(provider, random)) {
      world.truth(KEYS.getFirst(), truth);
      for (var happening : story) {
        happening.what().accept(world);
        if (random.nextBoolean()) {
          world.pass(SOON);
        }
      }
      world.pass(A_WHILE);
      return world.summary();
    }
  }

  /// Each sets something of its own, so that their order is nobody's business.
  private static List<Happening> end(Random random) {
    var endpoint = random.nextBoolean() ? KeyWorld.OWN : KeyWorld.FOREIGN;
    var header = Optional.of("p").filter(_ -> random.nextBoolean());
    var ring = random.nextBoolean() ? "k1" : "k2,k1";
    return List.of(
        new Happening("source", world -> world.source(KEYS.getFirst())),
        new Happening("consent", world -> world.consent(true)),
        new Happening(endpoint, world -> world.endpoint(endpoint)),
        new Happening("header " + header, world -> world.header(header)),
        new Happening("resumed", world -> world.suspended(false)),
        new Happening("name", world -> world.displayName("end")),
        new Happening("ring " + ring, world -> world.ring(ring)));
  }

  private static Happening storm(Random random, int step) {
    return switch (random.nextInt(4)) {
      case 0 -> {
        var wish = "wish-" + step;
        yield new Happening(wish, world -> world.request(wish));
      }
      case 1 -> new Happening("restart", KeyWorld::restart);
      default -> {
        var weather = weather(random);
        yield new Happening("weather " + weather, world -> world.weather(Optional.of(weather)));
      }
    };
  }

  private static Happening any(Random random, int step) {
    return switch (random.nextInt(20)) {
      case 0, 1, 2, 3 -> {
        var key = KEYS.get(random.nextInt(KEYS.size()));
        yield new Happening("source " + key.charAt(4), world -> world.source(key));
      }
      case 4 -> new Happening("source gone", KeyWorld::sourceGone);
      case 5 -> new Happening("source malformed", world -> world.source("a key"));
      case 6, 7, 8 -> {
        var key = KEYS.get(random.nextInt(KEYS.size()));
        var answer = answer(random);
        yield new Happening(key.charAt(4) + " is " + answer, world -> world.truth(key, answer));
      }
      case 9, 10 -> {
        var weather = Optional.of(weather(random)).filter(_ -> random.nextBoolean());
        yield new Happening("weather " + weather, world -> world.weather(weather));
      }
      case 11 -> {
        var url = random.nextBoolean() ? KeyWorld.OWN : KeyWorld.FOREIGN;
        yield new Happening(url, world -> world.endpoint(url));
      }
      case 12 -> {
        var header = Optional.of("p").filter(_ -> random.nextBoolean());
        yield new Happening("header " + header, world -> world.header(header));
      }
      case 13 -> {
        var suspended = random.nextBoolean();
        yield new Happening("suspended " + suspended, world -> world.suspended(suspended));
      }
      case 14 -> {
        var mode =
            random.nextInt(4) == 0
                ? VerificationMode.Disabled
                : VerificationMode.OnChangeAndPeriodic;
        yield new Happening("" + mode, world -> world.verification(mode));
      }
      case 15 -> new Happening("request " + step, world -> world.request("wish-" + step));
      case 16 -> {
        var ring = List.of("k1", "k1", "k2,k1", "other", "").get(random.nextInt(5));
        yield new Happening("ring " + ring, world -> world.ring(ring));
      }
      case 17 -> {
        var given = random.nextInt(3) > 0;
        yield new Happening("consent " + given, world -> world.consent(given));
      }
      case 18 -> {
        var death = List.of(KeyWorld.Death.values()).get(random.nextInt(3));
        var next = any(random, step);
        yield new Happening(
            next + " and dies " + death,
            world -> {
              next.what().accept(world);
              world.dies(death);
            });
      }
      default -> rest(random);
    };
  }

  private static Happening rest(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> new Happening("restart", KeyWorld::restart);
      case 1 -> {
        var in = Optional.of(Duration.ofHours(1)).filter(_ -> random.nextBoolean());
        yield new Happening("expires " + in, world -> world.expires(in));
      }
      case 2 -> {
        var name = "name-" + random.nextInt(3);
        yield new Happening(name, world -> world.displayName(name));
      }
      default -> {
        var minutes = random.nextInt(500);
        yield new Happening(minutes + " min", world -> world.pass(Duration.ofMinutes(minutes)));
      }
    };
  }

  private static VerdictReason answer(Random random) {
    return List.of(VerdictReason.KeyAccepted, VerdictReason.KeyNotChecked, VerdictReason.InvalidKey)
        .get(random.nextInt(3));
  }

  private static VerdictReason weather(Random random) {
    return List.of(
            VerdictReason.RateLimited,
            VerdictReason.Timeout,
            VerdictReason.QuotaExhausted,
            VerdictReason.InsufficientPermissions)
        .get(random.nextInt(4));
  }

  private static Provider provider(Random random) {
    return random.nextBoolean() ? Provider.OpenAI : Provider.OpenAICompatible;
  }
}
