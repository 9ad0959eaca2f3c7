package dev.llmconfig.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.ChangingClock;
import dev.llmconfig.mirror.Freshness;
import dev.llmconfig.mirror.KeyRow;
import dev.llmconfig.mirror.MirrorView;
import dev.llmconfig.mirror.Position;
import dev.llmconfig.mirror.RowChange;
import dev.llmconfig.mirror.Sample;
import dev.llmconfig.mirror.StoreFailure;
import dev.llmconfig.mirror.StoreFailure.Cause;
import dev.llmconfig.mirror.Stored;
import dev.llmconfig.store.local.Ledger;
import dev.llmconfig.store.local.Ledger.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The file that is the truth: nothing that was answered for is lost, and nothing of anybody is
/// dropped.
@SuppressWarnings("NullAway.Init") // set before each test
class LedgerDatabaseTest {

  private static final Ref ONE = new Ref("default", "one");
  private static final Ref TWO = new Ref("default", "two");

  @TempDir Path parent;

  private final ChangingClock clock = new ChangingClock();
  private final AtomicReference<@Nullable Connection> connection = new AtomicReference<>();
  private Path folder;
  private LedgerDatabase ledger;

  @BeforeEach
  void open() {
    folder = parent.resolve("data");
    ledger = LedgerDatabase.open(folder, clock, connection::set);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void whatIsPutIsFoundInTheOrderOfTheNames() {
    write(page -> page.put(Kind.ModelConfig, TWO, "{\"b\":2}"));
    write(page -> page.put(Kind.ModelConfig, ONE, "{\"a\":1}"));
    write(page -> page.put(Kind.Secret, ONE, "{}"));

    assertThat(all(ledger, Kind.ModelConfig)).containsExactly("{\"a\":1}", "{\"b\":2}");
    write(page -> page.put(Kind.ModelConfig, ONE, "{\"a\":3}"));
    write(page -> page.remove(Kind.ModelConfig, TWO));
    assertThat(all(ledger, Kind.ModelConfig)).containsExactly("{\"a\":3}");
    assertThat(find(ledger, Kind.Secret, ONE)).contains("{}");
    assertThat(find(ledger, Kind.Secret, TWO)).isEmpty();
  }

  @Test
  void aChangeSeesItsOwnWritesAndNobodyElseDoesBeforeItsEnd() {
    write(page -> {
      page.put(Kind.ModelConfig, ONE, "{}");
      assertThat(page.find(Kind.ModelConfig, ONE)).isPresent();
      assertThat(find(ledger, Kind.ModelConfig, ONE)).isEmpty();
    });

    assertThat(find(ledger, Kind.ModelConfig, ONE)).isPresent();
  }

  @Test
  void whatThrowsHasWrittenNothing() {
    var before = ledger.change(Ledger.Page::next);

    assertThatThrownBy(() ->
            write(page -> {
              page.put(Kind.ModelConfig, ONE, "{}");
              page.show(List.of(new RowChange.KeyIs(Sample.keyRow(ONE, "u", 1))));
              page.keepSetting("check", "x");
              page.markMigrated("plan");
              page.next();
              throw new IllegalArgumentException("no");
            }))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(find(ledger, Kind.ModelConfig, ONE)).isEmpty();
    assertThat(setting(ledger, "check")).isEmpty();
    assertThat(migrated(ledger, "plan")).isFalse();
    assertThat(ledger.change(Ledger.Page::next)).isEqualTo(before + 1);
  }

  @Test
  void aChangeWithinAChangeIsADefectAndNoDeadlock() {
    assertThatThrownBy(() -> write(outer -> write(inner -> {})))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void everythingIsThereAfterAnotherStart() {
    write(page -> {
      page.put(Kind.ApiKeyConfig, ONE, "{}");
      page.keepSetting("check", "x");
      page.keepSetting("check", "y");
      page.markMigrated("plan");
      page.markMigrated("plan");
    });

    reopen();

    assertThat(find(ledger, Kind.ApiKeyConfig, ONE)).isPresent();
    assertThat(setting(ledger, "check")).contains("y");
    assertThat(migrated(ledger, "plan")).isTrue();
  }

  @Test
  void noNumberIsGivenTwiceEvenAfterABackupTookItsPlace() throws IOException {
    ledger.change(Ledger.Page::next);
    LedgerDatabase.backup(folder, parent.resolve("copy"));
    var last = 0L;
    for (var number = 0; number < 5; number++) {
      last = ledger.change(Ledger.Page::next);
    }
    ledger.close();
    Files.move(parent.resolve("copy"), file(), StandardCopyOption.REPLACE_EXISTING);
    clock.pass(Duration.ofSeconds(1));

    ledger = LedgerDatabase.open(folder, clock);

    assertThat(ledger.change(Ledger.Page::next)).isGreaterThan(last);
  }

  @Test
  void itsRowsAreReadAsThoseOfAMirrorAndAreNeverOld() {
    write(page -> page.showAll(List.of(new RowChange.KeyIs(Sample.keyRow(ONE, "u1", 1)))));
    Position start = mirror(MirrorView::position);

    write(page -> page.show(List.of(new RowChange.KeyIs(Sample.keyRow(TWO, "u2", 2)))));

    assertThat(keys()).containsExactly(ONE, TWO);
    Position now = mirror(MirrorView::position);
    assertThat(now).isEqualTo(new Position(start.epoch(), start.seq() + 1));
    clock.pass(Duration.ofDays(400));
    Freshness fresh = mirror(view -> view.freshness(clock.instant()));
    assertThat(fresh.stale()).isFalse();
    assertThat(fresh.age()).isZero();

    write(page -> page.showAll(List.of(new RowChange.KeyIs(Sample.keyRow(TWO, "u2", 2)))));
    assertThat(keys()).hasSize(1);
    assertThat(this.<Position>mirror(MirrorView::position).epoch()).isNotEqualTo(start.epoch());
  }

  @Test
  void rowsOfAnotherVersionAreDroppedAndObjectsAreKept() {
    write(page -> page.put(Kind.ApiKeyConfig, ONE, "{\"kept\":true}"));
    write(page -> page.showAll(List.of(new RowChange.KeyIs(Sample.keyRow(ONE, "u1", 1)))));
    ledger.close();
    DamageTest.Damage.sql(file(), "ALTER TABLE api_keys RENAME COLUMN masked_key TO old_mask");
    DamageTest.Damage.sql(file(), "CREATE TABLE of_an_older_version (x TEXT)");
    DamageTest.Damage.sql(file(), "PRAGMA user_version = 7");

    ledger = LedgerDatabase.open(folder, clock);

    assertThat(find(ledger, Kind.ApiKeyConfig, ONE)).contains("{\"kept\":true}");
    write(page -> page.showAll(List.of(new RowChange.KeyIs(Sample.keyRow(ONE, "u1", 1)))));
    assertThat(keys()).hasSize(1);
  }

  @Test
  void aNewerFormIsLeftAlone() {
    ledger.close();
    DamageTest.Damage.sql(file(), "INSERT INTO migration_versions VALUES ('ledger_2', 'later')");

    assertRefused(Cause.TAKEN, "newer version");
  }

  @Test
  void anOperatorNeverDropsIt() throws IOException {
    write(page -> page.put(Kind.ApiKeyConfig, ONE, "{}"));
    try (var operator = ConfigDatabase.in(folder, clock)) {
      assertThatThrownBy(() -> operator.rebuild(Rows.none(), Rows.HEARTBEAT))
          .as("while it is open")
          .isInstanceOf(StoreFailure.class)
          .hasMessageContaining("pid " + ProcessHandle.current().pid());
    }
    ledger.close();
    try (var operator = ConfigDatabase.in(folder, clock)) {
      assertThatThrownBy(() -> operator.rebuild(Rows.none(), Rows.HEARTBEAT))
          .isInstanceOf(StoreFailure.class)
          .hasMessageContaining("standalone");
    }

    ledger = LedgerDatabase.open(folder, clock);
    assertThat(find(ledger, Kind.ApiKeyConfig, ONE)).isPresent();
  }

  @Test
  void aSecondOneIsToldWhoHasTheDirectory() {
    assertThatThrownBy(() -> LedgerDatabase.open(folder, clock))
        .isInstanceOfSatisfying(
            StoreFailure.class, failure -> assertThat(failure.why()).isEqualTo(Cause.TAKEN))
        .hasMessageContaining("pid " + ProcessHandle.current().pid())
        .hasMessageContaining(folder.toString());
    write(page -> page.put(Kind.Secret, ONE, "{}"));
  }

  @Test
  void theMirrorOfAnOperatorIsNotTaken() {
    ledger.close();
    folder = parent.resolve("mirror");
    folder.toFile().mkdir();
    try (var operator = ConfigDatabase.in(folder, clock)) {
      operator.rebuild(Rows.many(3), Rows.HEARTBEAT);
    }

    assertRefused(Cause.TAKEN, "mirror of an operator");
    assertThat(Files.exists(file())).isTrue();
  }

  @Test
  void aFileOfAnotherProgramIsNotTouched() throws IOException {
    ledger.close();
    folder = parent.resolve("other");
    folder.toFile().mkdir();
    DamageTest.Damage.sql(file(), "CREATE TABLE api_keys (id TEXT)");
    var before = Files.readAllBytes(file());

    assertRefused(Cause.TAKEN, "another program");
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
  }

  @Test
  void aBrokenFileIsLeftAsItIs() throws IOException {
    write(page -> {
      for (var number = 0; number < 200; number++) {
        page.put(Kind.ApiKeyConfig, new Ref("default", "k" + number), "{}".repeat(100));
      }
    });
    ledger.close();
    var good = Files.readAllBytes(file());
    for (var damage :
        List.of(
            DamageTest.Damage.HEADER_OF_GARBAGE,
            DamageTest.Damage.GARBAGE_IN_THE_MIDDLE,
            DamageTest.Damage.TRUNCATED,
            DamageTest.Damage.REPLACED_BY_A_TEXT)) {
      Files.write(file(), good);
      damage.to(file());
      var before = Files.readAllBytes(file());

      assertRefused(Cause.BROKEN, "put a backup in its place");
      assertThat(Files.readAllBytes(file())).as(damage.name()).isEqualTo(before);
    }
    Files.write(file(), good);
    ledger = LedgerDatabase.open(folder, clock);
    assertThat(all(ledger, Kind.ApiKeyConfig)).hasSize(200);
  }

  @Test
  void nobodyElseCanReadIt() throws IOException {
    write(page -> page.put(Kind.Secret, ONE, "{}"));
    var copy = parent.resolve("copy");
    LedgerDatabase.backup(folder, copy);
    assertThat(permissions(folder)).isEqualTo("rwx------");
    assertThat(permissions(copy)).isEqualTo("rw-------");
    for (var suffix : List.of("", "-wal", "-shm")) {
      assertThat(permissions(Path.of(file() + suffix))).as(suffix).isEqualTo("rw-------");
    }
    ledger.close();
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

    ledger = LedgerDatabase.open(folder, clock);

    assertThat(permissions(folder)).isEqualTo("rwx------");
    assertThat(permissions(file())).isEqualTo("rw-------");
  }

  @Test
  void aFullDiskLosesNothingAndIsWrittenToAgainWhenThereIsRoom() throws SQLException {
    write(page -> page.put(Kind.ApiKeyConfig, ONE, "{}"));
    pragma("max_page_count = 1");

    assertThatThrownBy(() -> write(page -> page.put(Kind.ApiKeyConfig, TWO, "x".repeat(100_000))))
        .isInstanceOfSatisfying(
            StoreFailure.class, failure -> assertThat(failure.why()).isEqualTo(Cause.DISK_FULL))
        .hasMessageContaining("nothing was saved");
    assertThat(all(ledger, Kind.ApiKeyConfig)).containsExactly("{}");

    pragma("max_page_count = 1000000");
    write(page -> page.put(Kind.ApiKeyConfig, TWO, "x".repeat(100_000)));
    assertThat(all(ledger, Kind.ApiKeyConfig)).hasSize(2);
  }

  @Test
  void aFileThatIsGoneIsNotWrittenTo() throws IOException {
    Files.delete(file());

    assertThatThrownBy(() -> write(page -> page.put(Kind.ApiKeyConfig, ONE, "{}")))
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining("nothing was saved");
  }

  /// What is on the disk at any moment is what a kill at that moment leaves.
  @Test
  void whatWasCommittedIsThereAfterAKillAndWhatWasNotIsNot() throws IOException {
    write(page -> page.put(Kind.ApiKeyConfig, ONE, "{}"));
    var killed = parent.resolve("killed");
    var later = parent.resolve("later");
    write(page -> {
      for (var number = 0; number < 3_000; number++) {
        page.put(Kind.ModelConfig, new Ref("default", "m" + number), "x".repeat(1_000));
      }
      copyTo(killed);
    });
    copyTo(later);

    try (var left = LedgerDatabase.open(killed, clock)) {
      assertThat(all(left, Kind.ApiKeyConfig)).hasSize(1);
      assertThat(all(left, Kind.ModelConfig)).isEmpty();
    }
    try (var left = LedgerDatabase.open(later, clock)) {
      assertThat(all(left, Kind.ModelConfig)).hasSize(3_000);
    }
  }

  @Test
  void aKillWhileItIsMadeLeavesSomethingThatCanBeOpened() throws IOException {
    ledger.close();
    folder = parent.resolve("young");
    var made = LedgerDatabase.open(folder, clock, _ -> copyTo(parent.resolve("younger")));
    made.close();
    ledger = LedgerDatabase.open(parent.resolve("younger"), clock);
    write(page -> page.put(Kind.ApiKeyConfig, ONE, "{}"));

    var empty = parent.resolve("empty");
    Files.createDirectories(empty);
    Files.createFile(empty.resolve(ConfigDatabase.NAME));
    try (var opened = LedgerDatabase.open(empty, clock)) {
      assertThat(all(opened, Kind.ApiKeyConfig)).isEmpty();
    }
  }

  @Test
  void aBackupIsAWholeStoreAndTakesThePlaceOfAFileThatWasKilled() throws IOException {
    write(page -> page.put(Kind.ApiKeyConfig, ONE, "{\"old\":1}"));
    var copy = parent.resolve("copy.db");
    LedgerDatabase.backup(folder, copy);
    assertThatThrownBy(() -> LedgerDatabase.backup(folder, copy))
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining("not written over");
    assertThatThrownBy(() -> LedgerDatabase.backup(parent, parent.resolve("none")))
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining("no config.db");
    assertThat(parent.resolve("none")).doesNotExist();

    write(page -> page.put(Kind.ApiKeyConfig, ONE, "{\"new\":2}"));
    write(page -> page.put(Kind.ApiKeyConfig, TWO, "{}"));
    var killed = parent.resolve("killed");
    copyTo(killed);
    assertThat(killed.resolve(ConfigDatabase.NAME + "-wal")).isNotEmptyFile();
    Files.copy(copy, killed.resolve(ConfigDatabase.NAME), StandardCopyOption.REPLACE_EXISTING);

    try (var restored = LedgerDatabase.open(killed, clock)) {
      assertThat(all(restored, Kind.ApiKeyConfig)).containsExactly("{\"old\":1}");
    }
  }

  @Test
  void aPlaceThatCannotBeMadeIsSaidInASentence() throws IOException {
    var file = Files.createFile(parent.resolve("file"));

    assertThatThrownBy(() -> LedgerDatabase.open(file.resolve("below"), clock))
        .isInstanceOfSatisfying(
            StoreFailure.class, failure -> assertThat(failure.why()).isEqualTo(Cause.READ_ONLY))
        .hasMessageContaining("--data-dir");
  }

  private void assertRefused(Cause cause, String text) {
    assertThatThrownBy(() -> LedgerDatabase.open(folder, clock).close())
        .isInstanceOfSatisfying(
            StoreFailure.class, failure -> assertThat(failure.why()).isEqualTo(cause))
        .hasMessageContaining(text)
        .hasMessageContaining(folder.toString());
  }

  private void write(Consumer<Ledger.Page> work) {
    ledger.change(page -> {
      work.accept(page);
      return true;
    });
  }

  private static Optional<String> find(Ledger ledger, Kind kind, Ref ref) {
    return ledger.look(view -> view.find(kind, ref));
  }

  private static List<String> all(Ledger ledger, Kind kind) {
    return ledger.look(view -> view.all(kind));
  }

  private static Optional<String> setting(Ledger ledger, String name) {
    return ledger.look(view -> view.setting(name));
  }

  private static boolean migrated(Ledger ledger, String name) {
    return ledger.look(view -> view.migrated(name));
  }

  private <T> T mirror(Function<MirrorView, T> question) {
    try (var reader = ConfigReader.of(folder)) {
      return reader.read(question);
    }
  }

  private List<Ref> keys() {
    return mirror(view -> view.keys().stream().map(Stored::row).map(KeyRow::ref).toList());
  }

  private void reopen() {
    ledger.close();
    ledger = LedgerDatabase.open(folder, clock);
  }

  private void pragma(String text) throws SQLException {
    LedgerFile.execute(Objects.requireNonNull(connection.get()), "PRAGMA " + text);
  }

  private Path file() {
    return folder.resolve(ConfigDatabase.NAME);
  }

  private void copyTo(Path target) {
    try {
      Files.createDirectories(target);
      for (var suffix : List.of("", "-wal")) {
        var from = Path.of(file() + suffix);
        if (Files.exists(from)) {
          Files.copy(from, target.resolve(ConfigDatabase.NAME + suffix));
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
