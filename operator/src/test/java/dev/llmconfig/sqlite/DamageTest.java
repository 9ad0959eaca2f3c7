package dev.llmconfig.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.ChangingClock;
import dev.llmconfig.mirror.KeyRow;
import dev.llmconfig.mirror.MirrorUnavailable;
import dev.llmconfig.mirror.MirrorView;
import dev.llmconfig.mirror.Position;
import dev.llmconfig.mirror.RowChange;
import dev.llmconfig.mirror.Sample;
import dev.llmconfig.mirror.StoreFailure;
import dev.llmconfig.mirror.StoreFailure.Cause;
import dev.llmconfig.mirror.Stored;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever happens to the file: noticed, made anew or left as it was, and never wrong (traps U14).
@SuppressWarnings("NullAway.Init") // set before each test
class DamageTest {

  private static final Ref OPENAI = new Ref("agents", "openai");

  @TempDir Path folder;

  private final ChangingClock clock = new ChangingClock();
  private final AtomicReference<@Nullable Connection> connection = new AtomicReference<>();
  private ConfigDatabase database;
  private ConfigReader reader;

  @BeforeEach
  void open() {
    database = ConfigDatabase.in(folder, clock, connection::set);
    reader = ConfigReader.of(folder);
  }

  @AfterEach
  void close() {
    reader.close();
    database.close();
  }

  enum Damage {
    HEADER_OF_GARBAGE {
      @Override
      void to(Path file) throws IOException {
        overwrite(file, 0, 512);
      }
    },
    GARBAGE_IN_THE_MIDDLE {
      @Override
      void to(Path file) throws IOException {
        overwrite(file, Files.size(file) / 2, 4096);
      }
    },
    TRUNCATED {
      @Override
      void to(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.truncate(Files.size(file) / 2 + 7);
        }
      }
    },
    EMPTIED {
      @Override
      void to(Path file) throws IOException {
        Files.write(file, new byte[0]);
      }
    },
    DELETED {
      @Override
      void to(Path file) throws IOException {
        Files.delete(file);
      }
    },
    DELETED_WITH_ITS_LOG {
      @Override
      void to(Path file) throws IOException {
        Files.delete(file);
        Files.deleteIfExists(Path.of(file + "-wal"));
        Files.deleteIfExists(Path.of(file + "-shm"));
      }
    },
    REPLACED_BY_A_TEXT {
      @Override
      void to(Path file) throws IOException {
        Files.delete(file);
        Files.writeString(file, "this is no database\n".repeat(1_000));
      }
    },
    TABLE_DROPPED_BY_SOMEBODY {
      @Override
      void to(Path file) throws IOException {
        sql(file, "DROP TABLE changes");
      }
    },
    ROWS_WRITTEN_BY_SOMEBODY {
      @Override
      void to(Path file) throws IOException {
        sql(file, "UPDATE api_keys SET endpoint = 'https://evil.example.com'");
      }
    };

    abstract void to(Path file) throws IOException;

    static void overwrite(Path file, long from, int bytes) throws IOException {
      try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        var garbage = new byte[bytes];
        new Random(7).nextBytes(garbage);
        channel.write(ByteBuffer.wrap(garbage), from);
      }
    }

    static void sql(Path file, String sql) {
      try (var other = DriverManager.getConnection("jdbc:sqlite:" + file);
          var statement = other.createStatement()) {
        statement.executeUpdate(sql);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void damageWhileItRunsIsNoticedBeforeTheNextWrite(Damage damage) throws IOException {
    database.rebuild(Rows.many(500), Rows.HEARTBEAT);
    assertThat(database.intact()).isTrue();

    damage.to(file());

    assertThat(database.intact()).isFalse();
    database.rebuild(Rows.keys(Sample.keyRow(OPENAI, "u1", 3)), Rows.HEARTBEAT);
    assertThat(database.intact()).isTrue();
    assertOnlyOpenAi();
  }

  @ParameterizedTest
  @EnumSource
  void damageWhileItWasDownIsNoticedAtTheStart(Damage damage) throws IOException {
    database.rebuild(Rows.many(500), Rows.HEARTBEAT);
    database.close();

    damage.to(file());

    database.rebuild(Rows.keys(Sample.keyRow(OPENAI, "u1", 3)), Rows.HEARTBEAT);
    assertOnlyOpenAi();
  }

  @ParameterizedTest
  @EnumSource
  void aReaderGivesTheRowsOrSaysThatItHasNone(Damage damage) throws IOException {
    database.rebuild(Rows.many(500), Rows.HEARTBEAT);
    assertThat(keys()).hasSize(500);

    if (damage != Damage.ROWS_WRITTEN_BY_SOMEBODY) {
      damage.to(file());
      try {
        assertThat(keys()).hasSize(500);
      } catch (MirrorUnavailable _) {
        // As good an answer.
      }
    }

    database.rebuild(Rows.keys(Sample.keyRow(OPENAI, "u1", 3)), Rows.HEARTBEAT);
    assertOnlyOpenAi();
  }

  @Test
  void anotherSchemaIsDropped() {
    Damage.sql(file(), "CREATE TABLE api_keys (id TEXT)");

    database.rebuild(Rows.keys(Sample.keyRow(OPENAI, "u1", 3)), Rows.HEARTBEAT);

    assertOnlyOpenAi();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PRAGMA user_version = 1",
        "ALTER TABLE api_keys ADD COLUMN more TEXT",
        "CREATE INDEX more ON api_keys (provider)",
        "DROP TABLE agents"
      })
  void aSchemaThatDriftedIsDropped(String drift) {
    database.rebuild(Rows.many(5), Rows.HEARTBEAT);
    database.close();
    Damage.sql(file(), drift);

    database.rebuild(Rows.keys(Sample.keyRow(OPENAI, "u1", 3)), Rows.HEARTBEAT);

    assertOnlyOpenAi();
  }

  @Test
  void aReaderRefusesWhatAnotherVersionWrote() {
    database.rebuild(Rows.many(5), Rows.HEARTBEAT);
    database.close();
    Damage.sql(file(), "PRAGMA user_version = 1");

    assertThatThrownBy(this::keys)
        .isInstanceOf(MirrorUnavailable.class)
        .hasMessageContaining("another version");
  }

  @Test
  void theStoreOfStandaloneModeIsNeverDropped() {
    Damage.sql(file(), "CREATE TABLE migration_versions (version INTEGER)");
    Damage.sql(file(), "INSERT INTO migration_versions VALUES (1)");

    assertThatThrownBy(() -> database.rebuild(Rows.none(), Rows.HEARTBEAT))
        .isInstanceOfSatisfying(
            StoreFailure.class, failure -> assertThat(failure.why()).isEqualTo(Cause.TAKEN))
        .hasMessageContaining("standalone");

    assertThat(Files.exists(file())).isTrue();
  }

  @Test
  void aFullDiskLeavesWhatIsThereAndIsWrittenToAgainWhenThereIsRoom() throws Exception {
    database.rebuild(Rows.many(10), Rows.HEARTBEAT);
    var before = position();
    pragma("max_page_count = 1");

    assertThatThrownBy(() -> database.rebuild(Rows.many(2_000), Rows.HEARTBEAT))
        .isInstanceOfSatisfying(
            StoreFailure.class, failure -> assertThat(failure.why()).isEqualTo(Cause.DISK_FULL))
        .hasMessageContaining("is full")
        .hasMessageContaining(folder.toString());

    assertThat(keys()).hasSize(10);
    assertThat(position()).isEqualTo(before);
    assertThat(database.intact()).isTrue();

    pragma("max_page_count = 1000000");
    database.rebuild(Rows.many(2_000), Rows.HEARTBEAT);

    assertThat(keys()).hasSize(2_000);
  }

  @Test
  void aReadOnlyVolumeLeavesWhatIsThere() throws Exception {
    database.rebuild(Rows.many(10), Rows.HEARTBEAT);
    pragma("query_only = 1");

    assertThatThrownBy(
            () -> database.write(List.of(new RowChange.KeyIs(Sample.keyRow(OPENAI, "u1", 3)))))
        .isInstanceOfSatisfying(
            StoreFailure.class, failure -> assertThat(failure.why()).isEqualTo(Cause.READ_ONLY))
        .hasMessageContaining("cannot be written");

    assertThat(keys()).hasSize(10);

    pragma("query_only = 0");
    database.write(List.of(new RowChange.KeyIs(Sample.keyRow(OPENAI, "u1", 3))));

    assertThat(keys()).hasSize(11);
  }

  @Test
  void aPlaceWhereNothingCanBeMadeIsSaid() {
    var nowhere = ConfigDatabase.in(Path.of("/proc/self"), clock);

    assertThatThrownBy(() -> nowhere.rebuild(Rows.none(), Rows.HEARTBEAT))
        .isInstanceOfSatisfying(
            StoreFailure.class, failure -> assertThat(failure.why()).isEqualTo(Cause.READ_ONLY))
        .hasMessageContaining("/proc/self");
  }

  @Test
  void twoWritersInOneDirectoryAreOneTooMany() {
    database.rebuild(Rows.many(10), Rows.HEARTBEAT);
    try (var second = ConfigDatabase.in(folder, clock)) {
      assertThatThrownBy(() -> second.rebuild(Rows.none(), Rows.HEARTBEAT))
          .isInstanceOfSatisfying(
              StoreFailure.class, failure -> assertThat(failure.why()).isEqualTo(Cause.TAKEN))
          .hasMessageContaining("--data-dir");

      database.close();
      second.rebuild(Rows.keys(Sample.keyRow(OPENAI, "u1", 3)), Rows.HEARTBEAT);
    }
    assertOnlyOpenAi();
  }

  @Test
  void bitsThatRotAreFoundWithinFiveMinutes() throws Exception {
    database.rebuild(Rows.many(2_000), Rows.HEARTBEAT);
    pragma("wal_checkpoint(TRUNCATE)");
    database.beat(Rows.HEARTBEAT);
    assertThat(database.intact()).isTrue();
    var seen = Files.getLastModifiedTime(file());
    Damage.overwrite(file(), 8 * 4096L, 200 * 4096);
    Files.setLastModifiedTime(file(), seen);

    clock.pass(Duration.ofMinutes(5));

    assertThat(database.intact()).isFalse();
  }

  @Test
  void aFileThatIsEmptyYetIsNoMirror() throws IOException {
    Files.createFile(file());

    assertThatThrownBy(this::keys)
        .isInstanceOf(MirrorUnavailable.class)
        .hasMessageContaining("no mirror");
  }

  @Test
  void withoutAFileAReaderSaysSo() {
    assertThatThrownBy(this::keys)
        .isInstanceOf(MirrorUnavailable.class)
        .hasMessageContaining("no mirror");
    assertThat(Files.exists(file())).as("a reader makes no file").isFalse();
  }

  private List<Stored<KeyRow>> keys() {
    return reader.read(MirrorView::keys);
  }

  private Position position() {
    return reader.read(MirrorView::position);
  }

  private void assertOnlyOpenAi() {
    assertThat(keys()).extracting(Stored::row).extracting(row -> row.ref()).containsExactly(OPENAI);
    assertThat(keys().getFirst().row().accepted().endpoint())
        .isEqualTo("https://api.openai.com/v1");
  }

  private void pragma(String text) throws SQLException {
    var open = Objects.requireNonNull(connection.get());
    try (var statement = open.createStatement()) {
      statement.execute("PRAGMA " + text);
    }
  }

  private Path file() {
    return folder.resolve("config.db");
  }
}
