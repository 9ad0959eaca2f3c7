package dev.llmconfig.rest;

import static dev.llmconfig.testing.Rounds.quantile;
import static dev.llmconfig.testing.Rounds.ratios;
import static dev.llmconfig.testing.Rounds.spread;

import dev.llmconfig.access.Right;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.catalogue.FactsJson;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.KnownModel;
import dev.llmconfig.mirror.OfferedModels;
import dev.llmconfig.mirror.RowChange;
import dev.llmconfig.mirror.Sample;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Measures, and asserts nothing: `bench/rest/run`. Not part of any test run. Whoever asks and
/// whoever writes the rows are in the same process, on the same cores.
@SuppressWarnings("NullAway.Init") // set before the test
class RestBench {

  private static final Set<String> ROWS =
      Set.of(System.getProperty("bench.rows", "rates,latencies").split(","));
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 7);
  private static final Duration SECTION =
      Duration.ofSeconds(Integer.getInteger("bench.seconds", 5));
  private static final int OBJECTS = 1_000;
  private static final int A_PAGE = 100;
  private static final int STREAMS = 200;
  private static final int OF_ONE = 4;
  private static final int READS_A_SECOND = 200;
  private static final Duration STORM = Duration.ofMillis(5);
  private static final Duration MARGIN = Duration.ofSeconds(2);
  private static final Duration STEADY = Duration.ofMillis(10);
  private static final String KEY = "/config/api-keys/agents.key-0007";
  private static final int LISTS = 20;
  private static final String MODELS = "/config/models?limit=" + A_PAGE;
  private static final String LIST = "/config/api-keys?limit=" + A_PAGE;

  @TempDir Path folder;

  private final StringBuilder report = new StringBuilder();
  private final Map<String, Answer> constants = new TreeMap<>();
  private final AtomicBoolean over = new AtomicBoolean();
  private RestStage stage;
  private Thread time;
  private int version = 1;

  @BeforeEach
  void start() {
    stage = new RestStage(folder, "/", this::routes);
    stage.review.knows(
        "root",
        "root",
        Right.of("list", "apikeyconfigs"),
        Right.of("get", "apikeyconfigs"),
        Right.of("list", "modelconfigs"));
    stage.holds(
        new RestStage.Content(
            IntStream.range(0, OBJECTS)
                .mapToObj(at -> Sample.keyRow(ref(at), "u-" + at, 1))
                .toList(),
            List.of(),
            IntStream.range(0, LISTS).mapToObj(at -> models(ref(at))).toList(),
            List.of()));
    time = Thread.ofPlatform().start(this::passTime);
  }

  @AfterEach
  void stop() throws InterruptedException {
    over.set(true);
    time.join();
    stage.close();
  }

  @Test
  void measure() throws Exception {
    for (var path : List.of(KEY, LIST, MODELS)) {
      var answer = stage.get("root", path);
      constants.put(path, Answer.of(200, answer.json()).with(Answer.ETAG, "\"constant\""));
    }
    if (ROWS.contains("rates")) {
      rates();
    }
    if (ROWS.contains("latencies")) {
      latencies();
    }
    Files.writeString(Path.of(System.getProperty("bench.report", "target/rest-bench.md")), report);
  }

  /// Those of the product, and the same bytes without a question.
  private RouteTable routes(Parts parts) {
    var all = new ArrayList<>(RouteTable.of(parts).routes());
    Map.of("key", KEY, "list", LIST, "models", MODELS)
        .forEach((name, path) ->
            all.add(
                Route.get("/constant/" + name, "The same bytes.")
                    .needs(new Needs.Nothing())
                    .by(_ -> constants.getOrDefault(path, Answer.done()))));
    return RouteTable.of(all);
  }

  /// The stage's clock is played.
  private void passTime() {
    var before = System.nanoTime();
    for (var turn = 0; !over.get(); turn++) {
      LockSupport.parkNanos(STEADY.toNanos());
      var now = System.nanoTime();
      stage.pass(Duration.ofNanos(now - before));
      before = now;
      if (turn % 500 == 0) {
        written(stage::beats);
      }
    }
  }

  /// The file has one writer at a time.
  private synchronized void written(Runnable work) {
    work.run();
  }

  private void rates() throws Exception {
    var tag = stage.get("root", KEY).header("ETag");
    var arms =
        List.of(
            new Arm("the same bytes of a constant route, one key", "/constant/key", ""),
            new Arm("one key", KEY, ""),
            new Arm("the same key, not changed since (304)", KEY, "If-None-Match: " + tag),
            new Arm("the same bytes of a constant route, a list of 100", "/constant/list", ""),
            new Arm("a list of 100", LIST, ""),
            new Arm("the same bytes of a constant route, 100 models", "/constant/models", ""),
            new Arm("100 of 2,000 models to choose from", MODELS, ""),
            new Arm("the same, and nobody has asked that before", MODELS + "&minContext={n}", ""));
    var took = new double[arms.size()][ROUNDS];
    for (var round = -1; round < ROUNDS; round++) { // one to warm up
      for (var at = 0; at < arms.size(); at++) {
        var rate = rate(arms.get(at));
        if (round >= 0) {
          took[at][round] = rate;
        }
      }
    }
    line("| closed loop, 8 connections | answers a second | spread | to the constant route |");
    line("|---|---|---|---|");
    var base = took[0];
    for (var at = 0; at < arms.size(); at++) {
      base = arms.get(at).path().startsWith("/constant/") ? took[at] : base;
      line(
          "| %s | %.1f | %.1f to %.1f | %s |",
          arms.get(at).name(),
          quantile(took[at], 0.5),
          quantile(took[at], 0),
          quantile(took[at], 1),
          spread(ratios(took[at], base)));
    }
    line("");
  }

  private record Arm(String name, String path, String header) {}

  private double rate(Arm arm) throws Exception {
    var until = System.nanoTime() + SECTION.dividedBy(2).toNanos();
    var counts = new long[8];
    var began = System.nanoTime();
    var threads =
        IntStream.range(0, counts.length)
            .mapToObj(at ->
                Thread.ofPlatform()
                    .start(() -> {
                      try (var knocker = new Knocker(stage.address(), arm.path(), arm.header())) {
                        while (System.nanoTime() < until) {
                          knocker.ask();
                          counts[at]++;
                        }
                      } catch (IOException failed) {
                        throw new IllegalStateException(failed);
                      }
                    }))
            .toList();
    for (var thread : threads) {
      thread.join();
    }
    return Arrays.stream(counts).sum() / ((System.nanoTime() - began) / 1e9);
  }

  private void latencies() throws Exception {
    var idle = new ArrayList<double[]>();
    var storm = new ArrayList<double[]>();
    var steady = new ArrayList<double[]>();
    var listened = new ArrayList<double[]>();
    var memory = new double[ROUNDS];
    for (var round = -1; round < ROUNDS; round++) {
      var one = reads();
      var two = changing(STORM);
      var three = changing(STEADY);
      var before = used();
      double[] four;
      double held;
      try (var listeners = listeners()) {
        held = (used() - before) / 1024.0 / STREAMS;
        four = changing(STEADY);
        listeners.heard();
      }
      if (round >= 0) {
        idle.add(one);
        storm.add(two);
        steady.add(three);
        listened.add(four);
        memory[round] = held;
      }
    }
    line(
        "| GET of one key, 200 a second, 1,000 keys | p50 | p99 | spread of p99 | p99 to the row it is compared with |");
    line("|---|---|---|---|---|");
    latency("nothing else happens", idle, idle);
    latency("200 objects change a second, all of them", storm, idle);
    latency("100 changes a second, nobody listens", steady, steady);
    latency("100 changes a second, 200 event streams", listened, steady);
    line("");
    line("| memory of an idle event stream, 200 of them | median | spread |");
    line("|---|---|---|");
    line(
        "| heap after a collection, and direct buffers | %.1f KiB | %.1f to %.1f KiB |",
        quantile(memory, 0.5), quantile(memory, 0), quantile(memory, 1));
  }

  /// Reads while each of the objects changes in turn. The rows are made before: in a pod, another
  /// process does that.
  private double[] changing(Duration each) throws Exception {
    var rows = new ArrayDeque<RowChange>();
    for (var at = 0; at < SECTION.plus(MARGIN).dividedBy(each); at++) {
      version++;
      rows.add(new RowChange.KeyIs(Sample.keyRow(ref(at % OBJECTS), "u-" + at % OBJECTS, version)));
    }
    var done = new AtomicBoolean();
    var writer =
        Thread.ofPlatform()
            .start(() -> {
              var due = System.nanoTime();
              while (!done.get() && !rows.isEmpty()) {
                var change = rows.remove();
                written(() -> stage.changes(change));
                due += each.toNanos();
                LockSupport.parkNanos(due - System.nanoTime());
              }
            });
    double[] took;
    try {
      took = reads();
    } finally {
      done.set(true);
      writer.join();
    }
    if (rows.isEmpty()) {
      throw new IllegalStateException("The changes ended before the reads did");
    }
    return took;
  }

  /// Open loop: a question is due at its time, however long the one before took.
  private double[] reads() throws Exception {
    var number = (int) (READS_A_SECOND * SECTION.toMillis() / 1000);
    var connections = 8;
    var took = new double[number];
    var start = System.nanoTime() + Duration.ofMillis(100).toNanos();
    var every = Duration.ofSeconds(1).toNanos() / READS_A_SECOND;
    var threads =
        IntStream.range(0, connections)
            .mapToObj(first ->
                Thread.ofPlatform()
                    .start(() -> {
                      try (var knocker = new Knocker(stage.address(), KEY, "")) {
                        for (var at = first; at < number; at += connections) {
                          var due = start + at * every;
                          while (System.nanoTime() < due) {
                            LockSupport.parkNanos(due - System.nanoTime());
                          }
                          knocker.ask();
                          took[at] = (System.nanoTime() - due) / 1e6;
                        }
                      } catch (IOException failed) {
                        throw new IllegalStateException(failed);
                      }
                    }))
            .toList();
    for (var thread : threads) {
      thread.join();
    }
    return took;
  }

  private Listeners listeners() throws IOException {
    for (var at = 0; at < STREAMS; at += OF_ONE) {
      var who = "user-" + at / OF_ONE;
      stage.review.knows(who, who, Right.of("list", "apikeyconfigs"));
    }
    return new Listeners(stage.address(), STREAMS, at -> "user-" + at / OF_ONE);
  }

  private static long used() {
    for (var turn = 0; turn < 3; turn++) {
      System.gc();
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory() + PlatformDependent.usedDirectMemory();
  }

  private void latency(String name, List<double[]> rounds, List<double[]> against) {
    var all = rounds.stream().flatMapToDouble(Arrays::stream).toArray();
    var worst = worst(rounds);
    line(
        "| %s | %.1f ms | %.1f ms | %.1f to %.1f ms | %s |",
        name,
        quantile(all, 0.5),
        quantile(worst, 0.5),
        quantile(worst, 0),
        quantile(worst, 1),
        spread(ratios(worst, worst(against))));
  }

  private static double[] worst(List<double[]> rounds) {
    return rounds.stream().mapToDouble(round -> quantile(round, 0.99)).toArray();
  }

  /// Each with as much as the catalogue knows of one.
  private static OfferedModels models(Ref ref) {
    var key = Sample.keyRow(ref, "u", 1).key().orElseThrow();
    var facts =
        FactsJson.of(KnownModel.of(Catalogue.packed(), key, "gpt-5-mini", "").facts()).toString();
    return new OfferedModels(
        ref,
        "s-" + ref.name(),
        Optional.of("2026-11-20T12:00:00Z"),
        0,
        0,
        IntStream.range(0, 2_000 / LISTS)
            .mapToObj(at ->
                new OfferedModels.Model(
                    "%s-model-%d".formatted(ref.name(), at),
                    OptionalLong.of(400_000),
                    OptionalLong.of(128_000),
                    facts))
            .toList());
  }

  private static Ref ref(int at) {
    return new Ref("agents", String.format(Locale.ROOT, "key-%04d", at));
  }

  private void line(String text, Object... values) {
    report.append(String.format(Locale.ROOT, text, values)).append('\n');
  }
}
