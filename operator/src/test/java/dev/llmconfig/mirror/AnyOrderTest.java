package dev.llmconfig.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.domain.Ref;
import dev.llmconfig.sqlite.ConfigDatabase;
import dev.llmconfig.sqlite.ConfigReader;
import dev.llmconfig.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/// Whatever happens to the objects, and in whatever order, how often and how late one hears of it:
/// the rows end as those of a fresh rebuild.
class AnyOrderTest {

  private static final List<Ref> REFS =
      List.of(
          new Ref("a", "one"), new Ref("a", "two"), new Ref("b", "one"), new Ref("b", "two.three"));

  @TempDir Path folder;

  private final ChangingClock clock = new ChangingClock();
  private final KnownCluster cluster = new KnownCluster();
  private final List<Touched> unheard = new ArrayList<>();
  private long version;

  @RepeatedTest(40)
  void anyOrderAndRepetitionEndInTheRowsOfAFreshRebuild() throws IOException {
    var seed = Seeds.next(AnyOrderTest.class);
    var random = new Random(seed);
    var lived = Files.createDirectory(folder.resolve("lived"));
    MirrorStore store = ConfigDatabase.in(lived, clock);
    try {
      var upkeep = upkeep(store);
      upkeep.turn(Set.of());
      for (int step = 0; step < 80; step++) {
        change(random);
        if (random.nextInt(3) > 0) {
          upkeep.turn(heard(random));
        }
        if (random.nextInt(25) == 0) {
          Files.deleteIfExists(lived.resolve("config.db"));
        }
        if (random.nextInt(25) == 0) {
          store.close(); // a restart
          store = ConfigDatabase.in(lived, clock);
          upkeep = upkeep(store);
        }
      }
      while (!unheard.isEmpty()) {
        upkeep.turn(heard(random));
      }
      upkeep.turn(Set.of());

      assertThat(rows(lived)).as("seed " + seed).isEqualTo(fresh());
    } finally {
      store.close();
    }
  }

  private List<String> fresh() throws IOException {
    var directory = Files.createDirectory(folder.resolve("fresh"));
    try (var store = ConfigDatabase.in(directory, clock)) {
      upkeep(store).turn(Set.of());
      return rows(directory);
    }
  }

  /// Tokens are not in the text of a row, so they are added.
  private static List<String> rows(Path directory) {
    try (var reader = ConfigReader.of(directory)) {
      return reader.read(view -> {
        var rows = new ArrayList<String>();
        view.keys()
            .forEach(stored ->
                rows.add(
                    stored.row()
                        + " "
                        + stored.row().current().map(HeldToken::token)
                        + view.models(stored.row().ref())));
        view.modelConfigs().forEach(stored -> rows.add(stored.row().toString()));
        view.agents().forEach(stored -> rows.add(stored.row().toString()));
        return rows;
      });
    }
  }

  private void change(Random random) {
    var ref = REFS.get(random.nextInt(REFS.size()));
    var name = ref.toString();
    version++;
    switch (random.nextInt(12)) {
      case 0, 1 -> {
        var uid = cluster.key(ref).map(key -> key.getMetadata().getUid()).orElse("u" + version);
        cluster.keys.put(name, Sample.key(ref, uid, version));
        unheard.add(new Touched(Touched.What.KEY, ref));
      }
      case 2 -> {
        cluster.keys.remove(name);
        unheard.add(new Touched(Touched.What.KEY, ref));
      }
      case 3 -> {
        cluster.secrets.put(name, Sample.managedSecret(ref, "s" + name, version));
        unheard.add(new Touched(Touched.What.KEY, ref));
      }
      case 4 -> {
        cluster.secrets.remove(name);
        unheard.add(new Touched(Touched.What.KEY, ref));
      }
      case 5 -> {
        var owner = cluster.key(ref).map(key -> key.getMetadata().getUid()).orElse("nobody");
        cluster.facts.put(name, Sample.facts(ref, owner, version, "gpt-" + version));
        unheard.add(new Touched(Touched.What.KEY, ref));
      }
      case 6 -> {
        cluster.facts.remove(name);
        unheard.add(new Touched(Touched.What.KEY, ref));
      }
      case 7 -> {
        var config = Sample.modelConfig(ref, "m" + version, version);
        config.getSpec().setIsDefault(random.nextBoolean());
        cluster.modelConfigs.put(name, config);
        unheard.add(new Touched(Touched.What.MODEL_CONFIG, ref));
      }
      case 8, 9 -> {
        var asksFor = random.nextBoolean() ? "default" : ref.name();
        var agent = Sample.agent(ref, "a" + version, version, asksFor, random.nextBoolean());
        cluster.agents.put(AgentProjection.ref(agent).toString(), agent);
        unheard.add(new Touched(Touched.What.AGENT, AgentProjection.ref(agent)));
      }
      case 10 -> {
        var row = AgentRow.ref(ref.namespace(), "Deployment", ref.name());
        cluster.agents.remove(row.toString());
        unheard.add(new Touched(Touched.What.AGENT, row));
      }
      default -> {
        cluster.modelConfigs.remove(name);
        unheard.add(new Touched(Touched.What.MODEL_CONFIG, ref));
      }
    }
  }

  /// Some of what was not heard yet, in another order, and some of it once more later.
  private Set<Touched> heard(Random random) {
    Collections.shuffle(unheard, random);
    var some = new ArrayList<>(unheard.subList(0, random.nextInt(unheard.size() + 1)));
    unheard.subList(0, some.size()).clear();
    if (!some.isEmpty() && random.nextInt(4) == 0) {
      unheard.add(some.getFirst());
    }
    return new LinkedHashSet<>(some);
  }

  private Upkeep upkeep(MirrorStore store) {
    return new Upkeep(
        new Mirror.Setting(
            Set.of(), "home", "pod-1", OptionalInt.empty(), () -> "", clock::instant, clock),
        cluster,
        Sample.CATALOGUE,
        store);
  }
}
