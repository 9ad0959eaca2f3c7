package dev.llmconfig.mirror;

import static dev.llmconfig.testing.Rounds.quantile;
import static dev.llmconfig.testing.Rounds.ratios;

import dev.llmconfig.domain.Ref;
import dev.llmconfig.sqlite.ConfigDatabase;
import dev.llmconfig.sqlite.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Measures, and asserts nothing: `bench/mirror/run`. Not part of any test run.
class MirrorBench {

  private static final int ROWS = 10_000;
  private static final int ROUNDS = 9;
  private static final int EVENTS = 300;
  private static final Duration EVERY = Duration.ofMillis(10);
  private static final Duration CLOSELY = Duration.ofMillis(1);
  private static final Duration LIKE_THE_SIDECAR = Duration.ofMillis(50);

  @TempDir Path folder;

  private final KnownCluster cluster = new KnownCluster();
  private final StringBuilder report = new StringBuilder();
  private int directories;

  @Test
  void measure() throws Exception {
    for (int at = 0; at < ROWS / 2; at++) {
      var key = ref("key", at);
      cluster.keys.put(key.toString(), Sample.key(key, "k" + at, 1));
      cluster.secrets.put(key.toString(), Sample.managedSecret(key, "s" + at, 1));
      var config = ref("config", at);
      cluster.modelConfigs.put(config.toString(), Sample.modelConfig(config, "m" + at, 1));
    }
    rebuild();
    visible();
    Files.writeString(
        Path.of(System.getProperty("bench.report", "target/mirror-bench.md")), report);
  }

  private void rebuild() throws Exception {
    var like = directory();
    var kept = directory();
    try (var store = ConfigDatabase.in(like, InstantSource.system());
        var restarted = ConfigDatabase.in(kept, InstantSource.system())) {
      upkeep(store).turn(Set.of());
      var raw = RawRows.of(like.resolve("config.db"));
      var fresh = new double[ROUNDS];
      var again = new double[ROUNDS];
      var one = new double[ROUNDS];
      var many = new double[ROUNDS];
      for (int round = -2; round < ROUNDS; round++) { // two to warm up
        var ours = millis(this::rebuildFresh);
        var overOld = millis(() -> upkeep(restarted).turn(Set.of()));
        var inOne = millis(() -> raw.write(directory(), Integer.MAX_VALUE));
        var inMany = millis(() -> raw.write(directory(), 100));
        if (round >= 0) {
          fresh[round] = ours;
          again[round] = overOld;
          one[round] = inOne;
          many[round] = inMany;
        }
      }
      line(
          "| rebuild of 10,000 rows | median | spread | to raw, one transaction | to raw, one per 100 |");
      line("|---|---|---|---|---|");
      row("raw JDBC, batches of 100 in one transaction", one, one, many);
      row("raw JDBC, a transaction for each 100", many, one, many);
      row("ours, into a new file", fresh, one, many);
      row("ours, over the rows of the last run", again, one, many);
      line("");
    }
  }

  private void rebuildFresh() throws IOException {
    try (var store = ConfigDatabase.in(directory(), InstantSource.system())) {
      upkeep(store).turn(Set.of());
    }
  }

  private void visible() throws Exception {
    var ours = new ArrayList<double[]>();
    var raw = new ArrayList<double[]>();
    var sidecar = new ArrayList<double[]>();
    var directory = directory();
    var other = directory();
    var inbox = new Inbox();
    try (var like = ConfigDatabase.in(other, InstantSource.system())) {
      upkeep(like).turn(Set.of());
    }
    try (var store = ConfigDatabase.in(directory, InstantSource.system())) {
      var upkeep = upkeep(store);
      upkeep.turn(Set.of());
      var done = new AtomicBoolean();
      var writer = Thread.ofPlatform().start(() -> keepUp(upkeep, inbox, done));
      try (var direct = RawRows.updating(other.resolve("config.db"))) {
        for (int round = -1; round < ROUNDS; round++) {
          var a = events(directory, CLOSELY, ref -> touch(ref, inbox));
          var b = events(other, CLOSELY, direct::update);
          var c = events(directory, LIKE_THE_SIDECAR, ref -> touch(ref, inbox));
          if (round >= 0) {
            ours.add(a);
            raw.add(b);
            sidecar.add(c);
          }
        }
      }
      done.set(true);
      writer.join();
    }
    line("| change to visible, 100 a second, 10,000 rows | p50 | p99 | spread of p99 |");
    line("|---|---|---|---|");
    latency("raw JDBC, one upsert and a commit; reader polls every ms", raw);
    latency("ours; reader polls every ms", ours);
    latency("ours; reader polls every 50 ms, as the sidecar does", sidecar);
  }

  private long version = 1;

  private void touch(Ref ref, Inbox inbox) {
    cluster.keys.put(ref.toString(), Sample.key(ref, "k", ++version));
    inbox.put(new Touched(Touched.What.KEY, ref));
  }

  private static void keepUp(Upkeep upkeep, Inbox inbox, AtomicBoolean done) {
    try {
      while (!done.get()) {
        upkeep.turn(inbox.take(upkeep.patience()));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private interface Event {
    void happen(Ref ref) throws Exception;
  }

  /// Open loop: a change is due at its time, however long the one before took.
  private static double[] events(Path directory, Duration poll, Event event) throws Exception {
    var due = new long[EVENTS];
    var seen = new double[EVENTS];
    var start = System.nanoTime() + Duration.ofMillis(200).toNanos();
    for (int at = 0; at < EVENTS; at++) {
      due[at] = start + at * EVERY.toNanos();
    }
    var watcher = Thread.ofPlatform().start(() -> watch(directory, poll, due, seen));
    for (int at = 0; at < EVENTS; at++) {
      LockSupport.parkNanos(due[at] - System.nanoTime());
      event.happen(ref("key", at));
    }
    watcher.join();
    return seen;
  }

  private static void watch(Path directory, Duration poll, long[] due, double[] seen) {
    try (var reader = ConfigReader.of(directory)) {
      var from = reader.<Position>read(MirrorView::position);
      var version = reader.version();
      for (int found = 0; found < due.length; ) {
        LockSupport.parkNanos(poll.toNanos());
        var now = reader.version();
        if (now == version) {
          continue;
        }
        version = now;
        var since = from;
        var changes = reader.<Changes>read(view -> view.changesSince(since));
        var at = System.nanoTime();
        if (changes instanceof Changes.Known(var known) && !known.isEmpty()) {
          for (var change : known) {
            var number = Integer.parseInt(change.ref().name().substring("key-".length()));
            seen[number] = (at - due[number]) / 1e6;
            found++;
          }
          from = new Position(from.epoch(), known.getLast().seq());
        }
      }
    }
  }

  private Upkeep upkeep(MirrorStore store) {
    var clock = InstantSource.system();
    return new Upkeep(
        new Mirror.Setting(
            Set.of(), "home", "pod", OptionalInt.empty(), () -> "", clock::instant, clock),
        cluster,
        Sample.CATALOGUE,
        store);
  }

  private Path directory() throws IOException {
    return Files.createDirectory(folder.resolve("d" + directories++));
  }

  private static Ref ref(String kind, int at) {
    return new Ref("agents", "%s-%05d".formatted(kind, at));
  }

  private interface Work {
    void run() throws Exception;
  }

  private static double millis(Work work) throws Exception {
    System.gc();
    var start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private void row(String name, double[] measured, double[] one, double[] many) {
    line(
        "| %s | %.0f ms | %.0f to %.0f ms | %.2f | %.2f |",
        name,
        quantile(measured, 0.5),
        quantile(measured, 0),
        quantile(measured, 1),
        quantile(ratios(measured, one), 0.5),
        quantile(ratios(measured, many), 0.5));
  }

  private void latency(String name, List<double[]> rounds) {
    var all = rounds.stream().flatMapToDouble(Arrays::stream).toArray();
    var worst = rounds.stream().mapToDouble(round -> quantile(round, 0.99)).toArray();
    line(
        "| %s | %.1f ms | %.1f ms | %.1f to %.1f ms |",
        name, quantile(all, 0.5), quantile(worst, 0.5), quantile(worst, 0), quantile(worst, 1));
  }

  private void line(String text, Object... values) {
    report.append(String.format(Locale.ROOT, text, values)).append('\n');
  }
}
