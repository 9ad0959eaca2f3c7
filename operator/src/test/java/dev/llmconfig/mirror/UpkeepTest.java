package dev.llmconfig.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.v1alpha1.ModelSelection;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.StoreFailure.Cause;
import dev.llmconfig.sqlite.ConfigDatabase;
import dev.llmconfig.sqlite.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When the rows are written, and when they are said to be fresh.
@SuppressWarnings("NullAway.Init") // set before each test
class UpkeepTest {

  private static final Ref OPENAI = new Ref("agents", "openai");
  private static final Touched TOUCHED = new Touched(Touched.What.KEY, OPENAI);

  @TempDir Path folder;

  private final ChangingClock clock = new ChangingClock();
  private final KnownCluster cluster = new KnownCluster();
  private final FailingStore store = new FailingStore();
  private Instant answeredAt = clock.instant();
  private ConfigReader reader;
  private Upkeep upkeep;

  @BeforeEach
  void open() {
    store.kept = ConfigDatabase.in(folder, clock);
    reader = ConfigReader.of(folder);
    upkeep = new Upkeep(setting(), cluster, Sample.CATALOGUE, store);
    cluster.keys.put(OPENAI.toString(), Sample.key(OPENAI, "u1", 1));
  }

  @AfterEach
  void close() {
    reader.close();
    store.close();
  }

  @Test
  void nothingIsWrittenBeforeEveryListWasReadToItsEnd() {
    cluster.missing = List.of("ModelConfigs of all namespaces");

    upkeep.turn(Set.of(TOUCHED));

    assertThat(Files.exists(folder.resolve("config.db"))).isFalse();
    assertThat(upkeep.state().problem())
        .hasValueSatisfying(why -> assertThat(why).contains("ModelConfigs"));
  }

  @Test
  void anObjectThatWasDeletedWhileNobodyListenedHasNoRow() {
    upkeep.turn(Set.of());
    store.close();
    cluster.keys.clear();
    cluster.modelConfigs.put(
        "agents/support", Sample.modelConfig(new Ref("agents", "support"), "u2", 2));

    upkeep = new Upkeep(setting(), cluster, Sample.CATALOGUE, store);
    upkeep.turn(Set.of());

    assertThat(keys()).isEmpty();
    assertThat(reader.<Integer>read(view -> view.modelConfigs().size())).isEqualTo(1);
  }

  @Test
  void aListThatIsMissingLaterTakesNothingAway() {
    upkeep.turn(Set.of());
    cluster.missing = List.of("ApiKeyConfigs of all namespaces");
    cluster.watching = false;

    upkeep.turn(Set.of());
    pass(Duration.ofSeconds(60));

    assertThat(keys()).containsExactly(OPENAI);
    assertThat(age()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void theRowsAreFreshWhileTheWatchesAreHealthyAndTheServerAnswers() {
    upkeep.turn(Set.of());
    for (int second = 0; second < 60; second++) {
      answeredAt = clock.instant();
      pass(Duration.ofSeconds(1));
    }

    assertThat(age()).isLessThanOrEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void aServerThatStopsAnsweringAgesTheRowsAndLeavesThem() {
    upkeep.turn(Set.of());

    pass(Duration.ofSeconds(45));

    assertThat(age()).isEqualTo(Duration.ofSeconds(45));
    assertThat(keys()).containsExactly(OPENAI);
  }

  @Test
  void whatCouldNotBeWrittenIsWrittenLaterAndAgesMeanwhile() {
    upkeep.turn(Set.of());
    cluster.keys.put(OPENAI.toString(), Sample.key(OPENAI, "u1", 2));
    store.failure = new StoreFailure(Cause.DISK_FULL, "the disk is full", null);

    upkeep.turn(Set.of(TOUCHED));
    for (int second = 0; second < 20; second++) {
      answeredAt = clock.instant();
      pass(Duration.ofSeconds(1));
    }

    assertThat(upkeep.state().problem()).contains("the disk is full");
    assertThat(version()).isEqualTo("1");
    assertThat(age()).isGreaterThanOrEqualTo(Duration.ofSeconds(20));

    store.failure = null;
    answeredAt = clock.instant();
    pass(Duration.ofSeconds(1));

    assertThat(upkeep.state().problem()).isEmpty();
    assertThat(version()).isEqualTo("2");
    assertThat(age()).isLessThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aFileThatIsGoneIsMadeAnewInTheNextTurnWithItsLists() throws IOException {
    cluster.facts.put(OPENAI.toString(), Sample.facts(OPENAI, "u1", 1, "gpt-5", "gpt-5-mini"));
    upkeep.turn(Set.of());
    var before = models();
    Files.delete(folder.resolve("config.db"));

    upkeep.turn(Set.of());

    assertThat(keys()).containsExactly(OPENAI);
    assertThat(ids()).containsExactly("gpt-5", "gpt-5-mini");
    assertThat(models()).isEqualTo(before);
  }

  @Test
  void aListThatArrivesLaterReplacesTheOneBefore() {
    upkeep.turn(Set.of());
    assertThat(ids()).isEmpty();

    cluster.facts.put(OPENAI.toString(), Sample.facts(OPENAI, "u1", 1, "gpt-5", "gpt-5-mini"));
    upkeep.turn(Set.of(TOUCHED));
    assertThat(ids()).containsExactly("gpt-5", "gpt-5-mini");

    cluster.facts.put(OPENAI.toString(), Sample.facts(OPENAI, "u1", 2, "gpt-5"));
    upkeep.turn(Set.of(TOUCHED));
    assertThat(ids()).containsExactly("gpt-5");
  }

  @Test
  void aChangedPatternNeedsNoOtherList() {
    cluster.facts.put(OPENAI.toString(), Sample.facts(OPENAI, "u1", 1, "gpt-5", "gpt-5-mini"));
    upkeep.turn(Set.of());
    var selection = new ModelSelection();
    selection.setAllow(List.of("*mini"));
    var key = Sample.key(OPENAI, "u1", 2);
    key.getSpec().setModels(selection);
    cluster.keys.put(OPENAI.toString(), key);

    upkeep.turn(Set.of(TOUCHED));

    assertThat(ids()).containsExactly("gpt-5-mini");
    assertThat(models().hidden()).isEqualTo(1);
  }

  @Test
  void aListForAnEarlierObjectOfThatNameIsNone() {
    cluster.facts.put(OPENAI.toString(), Sample.facts(OPENAI, "u0", 1, "gpt-5"));

    upkeep.turn(Set.of());

    assertThat(ids()).isEmpty();
    assertThat(key().accepted().authority()).isEmpty();
  }

  /// A list is long, and its key changes more often.
  @Test
  void aKeyThatChangesDoesNotHaveItsListWrittenAgain() {
    cluster.facts.put(OPENAI.toString(), Sample.facts(OPENAI, "u1", 1, "gpt-5"));
    upkeep.turn(Set.of());
    var key = Sample.key(OPENAI, "u1", 1);
    key.getMetadata().setResourceVersion("7");
    cluster.keys.put(OPENAI.toString(), key);

    upkeep.turn(Set.of(TOUCHED));

    assertThat(version()).isEqualTo("7");
    assertThat(store.listsMade).isZero();
  }

  @Test
  void aClockThatIsPutBackStopsNoHeartbeat() {
    upkeep.turn(Set.of());
    clock.pass(Duration.ofHours(-1));
    answeredAt = clock.instant();
    for (int second = 0; second < 7; second++) {
      answeredAt = clock.instant();
      pass(Duration.ofSeconds(1));
    }

    clock.pass(Duration.ofMinutes(2));

    assertThat(age()).isGreaterThanOrEqualTo(Duration.ofMinutes(2));
  }

  private void pass(Duration time) {
    clock.pass(time);
    upkeep.turn(Set.of());
  }

  private Duration age() {
    return reader.read(view -> view.freshness(clock.instant()).age());
  }

  private String version() {
    return reader.read(view -> view.key(OPENAI).orElseThrow().row().version().resourceVersion());
  }

  private KeyRow key() {
    return reader.read(view -> view.key(OPENAI).orElseThrow().row());
  }

  private OfferedModels models() {
    return reader.read(view -> view.models(OPENAI).orElseThrow());
  }

  private List<String> ids() {
    return models().models().stream().map(OfferedModels.Model::id).toList();
  }

  private List<Ref> keys() {
    return reader.read(view -> view.keys().stream().map(stored -> stored.row().ref()).toList());
  }

  private Mirror.Setting setting() {
    return new Mirror.Setting(
        Set.of(), "home", "pod-1", OptionalInt.empty(), () -> "pod-1", () -> answeredAt, clock);
  }

  /// The real one, and now and then an error in its place.
  @SuppressWarnings("NullAway.Init") // set before each test
  private static final class FailingStore implements MirrorStore {

    private MirrorStore kept;
    private @Nullable StoreFailure failure;
    private int listsMade;

    @Override
    public boolean intact() {
      return kept.intact();
    }

    @Override
    public void rebuild(Content content, Heartbeat heartbeat) {
      check();
      kept.rebuild(content, heartbeat);
    }

    @Override
    public void write(List<RowChange> changes) {
      check();
      kept.write(changes.stream().map(this::counted).toList());
    }

    @Override
    public void beat(Heartbeat heartbeat) {
      check();
      kept.beat(heartbeat);
    }

    @Override
    public void close() {
      kept.close();
    }

    private RowChange counted(RowChange change) {
      return change instanceof RowChange.ModelsAre(var key, var stamp, var list)
          ? new RowChange.ModelsAre(
              key,
              stamp,
              () -> {
                listsMade++;
                return list.get();
              })
          : change;
    }

    private void check() {
      if (failure != null) {
        throw failure;
      }
    }
  }
}
