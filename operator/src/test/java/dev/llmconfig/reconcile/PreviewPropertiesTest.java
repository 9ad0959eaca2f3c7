package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.api.v1alpha1.ModelConfigSpec;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.AgentRow;
import dev.llmconfig.mirror.Heartbeat;
import dev.llmconfig.mirror.KeyRow;
import dev.llmconfig.mirror.MirrorStore;
import dev.llmconfig.mirror.ModelConfigRow;
import dev.llmconfig.mirror.ObjectKind;
import dev.llmconfig.mirror.OfferedModels;
import dev.llmconfig.mirror.Sample;
import dev.llmconfig.sqlite.ConfigDatabase;
import dev.llmconfig.sqlite.ConfigReader;
import dev.llmconfig.store.Becoming;
import dev.llmconfig.store.Consequences;
import dev.llmconfig.store.Effects;
import dev.llmconfig.store.Effects.Effect;
import dev.llmconfig.testing.Seeds;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/// What is previewed from the rows of the mirror is what the operator then does with the workloads
/// themselves, agent by agent.
@SuppressWarnings("NullAway.Init") // set before all tests
class PreviewPropertiesTest {

  private static final List<String> BOTH = List.of("a", "b");
  private static final List<String> MODELS = List.of("gpt-4.1-mini", "gpt-4.1", "gpt-5-mini");

  /// Turns of 40 seconds: two agents at a time, and each starts within one.
  private static final int TURNS = 6;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Ref KEY = new Ref("ns", "openai");

  private static ConfigDatabase database;
  private static ConfigReader reader;

  private record Rows(
      List<KeyRow> keyRows, List<ModelConfigRow> configRows, List<AgentRow> agentRows)
      implements MirrorStore.Content {
    @Override
    public Stream<KeyRow> keys() {
      return keyRows.stream();
    }

    @Override
    public Stream<ModelConfigRow> modelConfigs() {
      return configRows.stream();
    }

    @Override
    public Stream<OfferedModels> models() {
      return Stream.empty();
    }

    @Override
    public Stream<AgentRow> agents() {
      return agentRows.stream();
    }
  }

  @BeforeAll
  static void open(@TempDir Path directory) {
    database = ConfigDatabase.in(directory, InstantSource.system());
    reader = ConfigReader.of(directory);
  }

  @AfterAll
  static void close() {
    reader.close();
    database.close();
  }

  @RepeatedTest(40)
  void whatIsPreviewedIsWhatTheOperatorThenDoes() {
    var seed = Seeds.next(PreviewPropertiesTest.class);
    var random = new Random(seed);
    var world = lived(random);

    for (int round = 0; round < 5 && !world.models.isEmpty(); round++) {
      var change = change(world, random);
      var said =
          "seed %d, change %d: %s%n%s"
              .formatted(seed, round, change, String.join("\n", world.told));
      var previewed = preview(world, change);
      var before = templates(world);
      apply(world, change);
      world.rest(BOTH, TURNS);
      var after = templates(world);

      compare(previewed, before, after, said);
      if (previewed.agents().stream().anyMatch(one -> one.effect() == Effect.NeedsApproval)) {
        BOTH.forEach(world::approve);
        world.rest(BOTH, TURNS);
        compareApproved(previewed, after, templates(world), said);
      }
    }
  }

  private static void compare(
      Effects previewed,
      Map<String, PodTemplateSpec> before,
      Map<String, PodTemplateSpec> after,
      String said) {
    for (var one : previewed.agents()) {
      var name = AgentRow.name(one.agent());
      assertThat(!Objects.equals(before.get(name), after.get(name)))
          .as("%s restarts, previewed %s, %s", name, one.effect(), said)
          .isEqualTo(one.effect() == Effect.Restart);
    }
    var told = previewed.agents().stream().map(one -> AgentRow.name(one.agent())).toList();
    assertThat(before.keySet().stream().filter(one -> !told.contains(one)))
        .as(said)
        .allMatch(name -> Objects.equals(before.get(name), after.get(name)));
    assertThat(previewed.restarts())
        .isEqualTo(
            (int)
                previewed.agents().stream().filter(one -> one.effect() == Effect.Restart).count());
  }

  private static void compareApproved(
      Effects previewed,
      Map<String, PodTemplateSpec> before,
      Map<String, PodTemplateSpec> after,
      String said) {
    for (var one : previewed.agents()) {
      var name = AgentRow.name(one.agent());
      if (one.effect() == Effect.NeedsApproval) {
        assertThat(after.get(name))
            .as("%s when approved, %s", name, said)
            .isNotEqualTo(before.get(name));
      }
    }
  }

  /// Agents with a past, at rest.
  private static DeliveryWorld lived(Random random) {
    var world = new DeliveryWorld(random);
    for (int at = 0; at < 1 + random.nextInt(5); at++) {
      world.agent("agent-" + at, List.of("a", "b", "default").get(random.nextInt(3)));
    }
    world.model("a", "gpt-4.1-mini", true, false);
    world.model("b", "gpt-4.1", random.nextInt(3) == 0, false);
    BOTH.forEach(name -> world.spec(name, spec(world, name, random)));
    for (int step = 0; step < 12; step++) {
      BOTH.forEach(world::reconcile);
      BOTH.forEach(world::approve);
      if (random.nextInt(3) == 0) {
        world.own(random);
      }
      world.pass(Duration.ofSeconds(random.nextInt(60)));
    }
    world.noMoreAccidents();
    world.workloads.values().forEach(one -> one.deployed("agent:10", world.now));
    world.rest(BOTH, TURNS);
    BOTH.forEach(world::approve);
    world.rest(BOTH, TURNS);
    return world;
  }

  /// What is to become of one or two objects.
  private static List<Becoming> change(DeliveryWorld world, Random random) {
    var there = List.copyOf(world.models.keySet());
    var name = there.get(random.nextInt(there.size()));
    return switch (random.nextInt(8)) {
      case 0 ->
          List.of(
              new Becoming.Changed(
                  ObjectKind.ApiKeyConfig, KEY, tree(world.key().getSpec()), true));
      case 1 -> List.of(new Becoming.Gone(ObjectKind.ModelConfig, new Ref("ns", name)));
      case 2 -> {
        yield there.stream().map(one -> role(world, one, one.equals(name))).toList();
      }
      case 3 -> List.of(changed(name, model(world, name).getSpec()));
      default -> List.of(changed(name, spec(world, name, random)));
    };
  }

  private static Becoming role(DeliveryWorld world, String name, boolean isDefault) {
    var spec = copy(model(world, name).getSpec());
    spec.setIsDefault(isDefault);
    return changed(name, spec);
  }

  private static Becoming changed(String name, ModelConfigSpec spec) {
    return new Becoming.Changed(ObjectKind.ModelConfig, new Ref("ns", name), tree(spec), false);
  }

  private static ModelConfigSpec spec(DeliveryWorld world, String name, Random random) {
    var spec = tree(model(world, name).getSpec());
    var delivery = spec.withObjectProperty("delivery");
    for (int at = 0; at <= random.nextInt(3); at++) {
      switch (random.nextInt(7)) {
        case 0, 1 -> spec.put("model", MODELS.get(random.nextInt(MODELS.size())));
        case 2 -> spec.putObject("parameters").put("temperature", random.nextInt(20) / 10.0);
        case 3 -> spec.putObject("parameters").put("maxOutputTokens", 1 + random.nextInt(900));
        case 4 ->
            delivery.put("profile", List.of("openai", "generic", "litellm").get(random.nextInt(3)));
        case 5 ->
            delivery.put("mode", List.of("Env", "Env", "File", "None").get(random.nextInt(4)));
        default ->
            delivery
                .putObject("rollout")
                .put("policy", List.of("Automatic", "Automatic", "Manual").get(random.nextInt(3)));
      }
    }
    spec.put("suspend", random.nextInt(12) == 0);
    return bean(spec);
  }

  private static Effects preview(DeliveryWorld world, List<Becoming> change) {
    database.rebuild(
        new Rows(
            List.of(Sample.row(world.key())),
            world.models.values().stream().map(Sample::row).toList(),
            world.workloads.values().stream()
                .map(one -> Sample.row(one.object(world.now)))
                .toList()),
        new Heartbeat(world.now, Set.of(), "one", "one", OptionalInt.of(1), Map.of(), List.of()));
    return reader.read(view -> Consequences.of(view, "ns", change, world.now));
  }

  private static void apply(DeliveryWorld world, List<Becoming> changes) {
    for (var change : changes) {
      switch (change) {
        case Becoming.Gone(_, var ref) -> world.deleted(ref.name());
        case Becoming.Changed(var kind, var ref, var spec, _) -> {
          if (kind == ObjectKind.ApiKeyConfig) {
            world.rotate();
          } else {
            world.spec(ref.name(), bean(spec));
          }
        }
      }
    }
  }

  private static Map<String, PodTemplateSpec> templates(DeliveryWorld world) {
    var all = new TreeMap<String, PodTemplateSpec>();
    world.workloads.forEach((name, one) -> all.put(name, one.workload().template()));
    return all;
  }

  private static ModelConfig model(DeliveryWorld world, String name) {
    return Objects.requireNonNull(world.models.get(name));
  }

  private static ModelConfigSpec copy(ModelConfigSpec spec) {
    return bean(tree(spec));
  }

  private static ObjectNode tree(Object bean) {
    return JSON.valueToTree(bean);
  }

  private static ModelConfigSpec bean(ObjectNode spec) {
    return JSON.convertValue(spec, ModelConfigSpec.class);
  }
}
