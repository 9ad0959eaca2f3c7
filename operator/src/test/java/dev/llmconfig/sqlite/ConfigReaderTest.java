package dev.llmconfig.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmconfig.mirror.AgentRow;
import dev.llmconfig.mirror.ChangingClock;
import dev.llmconfig.mirror.KeyRow;
import dev.llmconfig.mirror.MirrorStore;
import dev.llmconfig.mirror.MirrorUnavailable;
import dev.llmconfig.mirror.MirrorView;
import dev.llmconfig.mirror.ModelConfigRow;
import dev.llmconfig.mirror.OfferedModels;
import dev.llmconfig.mirror.RowChange;
import dev.llmconfig.mirror.Sample;
import dev.llmconfig.mirror.Stored;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What others see while it is written.
@SuppressWarnings("NullAway.Init") // set before each test
class ConfigReaderTest {

  private static final int ROWS = 200;

  @TempDir Path folder;

  private ConfigDatabase database;
  private ConfigReader reader;

  @BeforeEach
  void open() {
    database = ConfigDatabase.in(folder, new ChangingClock());
    reader = ConfigReader.of(folder);
  }

  @AfterEach
  void close() {
    reader.close();
    database.close();
  }

  @Test
  void oneQuestionSeesOneState() {
    database.rebuild(Rows.many(3), Rows.HEARTBEAT);

    var sizes =
        reader.<List<Integer>>read(view -> {
          var before = view.keys().size();
          database.rebuild(Rows.many(7), Rows.HEARTBEAT);
          return List.of(before, view.keys().size());
        });

    assertThat(sizes).containsExactly(3, 3);
    assertThat(reader.<Integer>read(view -> view.keys().size())).isEqualTo(7);
  }

  /// Every transaction gives all rows one version; a reader that sees two of them saw half of one.
  @Test
  void readersNeverSeeHalfATransactionAndNeverWait() throws Exception {
    database.rebuild(Rows.many(ROWS), Rows.HEARTBEAT);
    var done = new AtomicBoolean();
    var began = new CountDownLatch(2);
    try (var threads = Executors.newFixedThreadPool(2)) {
      var readers =
          List.of(
              threads.submit(() -> states(done, began)), threads.submit(() -> states(done, began)));
      began.await();
      for (int version = 2; version < 40; version++) {
        database.write(versioned(version));
      }
      done.set(true);
      for (var states : readers) {
        assertThat(result(states)).isPositive();
      }
    }
  }

  @Test
  void theVersionChangesWithEveryCommitAndWithTheFile() {
    database.rebuild(Rows.many(3), Rows.HEARTBEAT);
    var first = reader.version();
    assertThat(reader.version()).isEqualTo(first);

    database.write(List.of(new RowChange.KeyIs(Sample.keyRow(Rows.ref(0), "u0", 2))));
    var second = reader.version();
    database.close();
    DamageTest.Damage.sql(folder.resolve("config.db"), "PRAGMA user_version = 1");
    database.rebuild(Rows.many(3), Rows.HEARTBEAT);

    assertThat(second).isNotEqualTo(first);
    assertThat(reader.version()).isNotIn(first, second);
  }

  @Test
  void anEmptyDatabaseIsNoAnswer() {
    assertThatThrownBy(() -> database.rebuild(new Failing(), Rows.HEARTBEAT))
        .isInstanceOf(IllegalStateException.class);

    assertThatThrownBy(() -> reader.read(MirrorView::keys))
        .isInstanceOf(MirrorUnavailable.class)
        .hasMessageContaining("not read the cluster");
  }

  @Test
  void aReaderCannotWrite() {
    database.rebuild(Rows.many(3), Rows.HEARTBEAT);

    var rows = reader.<List<Stored<KeyRow>>>read(MirrorView::keys);

    assertThat(rows).hasSize(3);
    assertThat(database.intact()).as("reading is no writing").isTrue();
  }

  /// How many states it saw.
  private int states(AtomicBoolean done, CountDownLatch began) {
    var seen = 0;
    try (var mine = ConfigReader.of(folder)) {
      do {
        var versions =
            mine.<List<String>>read(view ->
                view.keys().stream()
                    .map(stored -> stored.row().version().resourceVersion())
                    .distinct()
                    .toList());
        began.countDown();
        assertThat(versions).hasSize(1);
        seen++;
      } while (!done.get());
    }
    return seen;
  }

  private static int result(Future<Integer> states) throws Exception {
    try {
      return states.get();
    } catch (ExecutionException failed) {
      throw new AssertionError("a reader failed", failed.getCause());
    }
  }

  private static List<RowChange> versioned(long version) {
    var changes = new ArrayList<RowChange>();
    for (int at = 0; at < ROWS; at++) {
      changes.add(new RowChange.KeyIs(Sample.keyRow(Rows.ref(at), "u" + at, version)));
    }
    return changes;
  }

  /// A list that breaks off at once.
  private static final class Failing implements MirrorStore.Content {
    @Override
    public Stream<KeyRow> keys() {
      throw new IllegalStateException("interrupted");
    }

    @Override
    public Stream<ModelConfigRow> modelConfigs() {
      return Stream.empty();
    }

    @Override
    public Stream<OfferedModels> models() {
      return Stream.empty();
    }

    @Override
    public Stream<AgentRow> agents() {
      return Stream.of();
    }
  }
}
