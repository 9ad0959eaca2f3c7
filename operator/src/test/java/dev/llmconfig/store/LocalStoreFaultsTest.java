package dev.llmconfig.store;

import static dev.llmconfig.store.ConfigStoreContract.CANARY;
import static dev.llmconfig.store.ConfigStoreContract.NO_KEY;
import static dev.llmconfig.store.ConfigStoreContract.done;
import static dev.llmconfig.store.ConfigStoreContract.seen;
import static dev.llmconfig.store.ConfigStoreContract.typed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmconfig.access.Caller;
import dev.llmconfig.access.TokenRejected;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.KeyRow;
import dev.llmconfig.mirror.MirrorView;
import dev.llmconfig.mirror.ModelConfigRow;
import dev.llmconfig.mirror.RowChange;
import dev.llmconfig.mirror.StoreFailure;
import dev.llmconfig.sqlite.LedgerDatabase;
import dev.llmconfig.store.local.Ledger;
import dev.llmconfig.store.local.Ledger.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What may go wrong where a file is the truth, and what there is only here.
@SuppressWarnings("NullAway.Init") // set before each test
class LocalStoreFaultsTest {

  private static final Version ANY = new Version.Any();

  @TempDir Path folder;

  private final Faults faults = new Faults();
  private LocalWorld world;

  @BeforeEach
  void open() {
    world = new LocalWorld(folder, faults::between);
  }

  @AfterEach
  void close() {
    world.close();
  }

  /// Lets so many writes through and breaks the next one.
  private static final class Faults {
    private int left = Integer.MAX_VALUE;

    Ledger between(Ledger ledger) {
      return new Ledger() {
        @Override
        public <T> T change(Function<Page, T> work) {
          return ledger.change(page -> {
            var answer = work.apply(new Failing(page));
            written();
            return answer;
          });
        }

        @Override
        public <T> T look(Function<View, T> work) {
          return ledger.look(work);
        }

        @Override
        public void close() {
          ledger.close();
        }
      };
    }

    void written() {
      if (left-- == 0) {
        throw new StoreFailure(StoreFailure.Cause.DISK_FULL, "the disk is full", null);
      }
    }

    private final class Failing implements Ledger.Page {
      private final Ledger.Page page;

      Failing(Ledger.Page page) {
        this.page = page;
      }

      @Override
      public void put(Kind kind, Ref ref, String json) {
        page.put(kind, ref, json);
        written();
      }

      @Override
      public void remove(Kind kind, Ref ref) {
        page.remove(kind, ref);
        written();
      }

      @Override
      public void show(List<RowChange> rows) {
        page.show(rows);
        written();
      }

      @Override
      public void showAll(List<RowChange> rows) {
        page.showAll(rows);
      }

      @Override
      public void keepSetting(String name, String value) {
        page.keepSetting(name, value);
      }

      @Override
      public void markMigrated(String name) {
        page.markMigrated(name);
      }

      @Override
      public long next() {
        return page.next();
      }

      @Override
      public Optional<String> find(Kind kind, Ref ref) {
        return page.find(kind, ref);
      }

      @Override
      public List<String> all(Kind kind) {
        return page.all(kind);
      }

      @Override
      public Optional<String> setting(String name) {
        return page.setting(name);
      }

      @Override
      public boolean migrated(String name) {
        return page.migrated(name);
      }
    }
  }

  @Test
  void afterAFailureAtAnyWriteEverythingIsAsItWas() {
    key("a", CANARY);
    key("b", CANARY);
    world.isReady("b");
    made("a", Kind.Secret, ManagedNames.encryptedSecret("a"));
    made("a", Kind.ConfigMap, ManagedNames.factsConfigMap("a"));
    model("one", "{apiKeyRef: {name: 'a'}, model: 'm', isDefault: true}");
    var two = model("two", "{apiKeyRef: {name: 'a'}, model: 'n'}");

    everyWriteFailsOnce(() ->
        store()
            .select(
                me(),
                new Choice.Configured(two.ref()),
                new Version.Any(),
                Optional.empty(),
                Manner.APPLY));
    everyWriteFailsOnce(() ->
        store()
            .select(
                me(),
                new Choice.Offered(world.at("b"), "third"),
                new Version.Any(),
                Optional.of(Specs.of("{topP: 0.5}")),
                Manner.APPLY));
    everyWriteFailsOnce(() -> change(two.ref(), "{displayName: 'x'}"));
    everyWriteFailsOnce(() -> replaced("b", CANARY + "2"));
    everyWriteFailsOnce(() -> store().requestTest(me(), world.at("b"), new Version.Any()));
    everyWriteFailsOnce(
        () -> store().deleteKey(me(), world.at("a"), ANY, new Replacement.By("b"), Manner.APPLY));
    assertThat(world.all()).noneMatch(json -> json.contains("\"a-llmkey"));
  }

  /// Until it succeeds.
  private void everyWriteFailsOnce(Supplier<Outcome> work) {
    for (var writes = 0; ; writes++) {
      var objects = world.all();
      var rows = rows();
      faults.left = writes;
      try {
        assertThat(work.get())
            .isInstanceOfAny(Outcome.Done.class, Outcome.Deleted.class, Outcome.Requested.class);
        assertThat(writes).isGreaterThanOrEqualTo(2);
        return;
      } catch (StoreFailure _) {
        assertThat(world.all()).as("after write %d", writes).isEqualTo(objects);
        assertThat(rows()).as("after write %d", writes).isEqualTo(rows);
      } finally {
        faults.left = Integer.MAX_VALUE;
      }
    }
  }

  @Test
  void nobodyIsToldOfAChangeThatWasNotMade() {
    var told = new ArrayList<Set<Ref>>();
    world.objects().onChange(told::add);
    faults.left = 0;
    assertThatThrownBy(() -> key("a", CANARY)).isInstanceOf(StoreFailure.class);
    assertThat(told).isEmpty();
    faults.left = Integer.MAX_VALUE;

    key("a", CANARY);

    assertThat(told).containsExactly(Set.of(world.at("a")));
  }

  @Test
  void aKeyIsNowhereInTheFiles() throws IOException {
    var canaries = new ArrayList<String>();
    for (var number = 0; number < 40; number++) {
      canaries.add("sk-proj-%02dcanary0123456789abcdefghijCANARY%02d".formatted(number, number));
    }
    for (var number = 0; number < 40; number++) {
      key("k" + number, canaries.get(number));
      replaced("k" + number, canaries.get(39 - number));
    }
    faults.left = 0;
    assertThatThrownBy(() -> replaced("k1", canaries.getFirst()))
        .isInstanceOf(StoreFailure.class)
        .satisfies(failure -> assertThat(failure.toString()).doesNotContain("sk-proj"));
    faults.left = Integer.MAX_VALUE;
    store().deleteKey(me(), world.at("k0"), ANY, new Replacement.None(), Manner.APPLY);
    var backup = folder.resolve("backup");
    LedgerDatabase.backup(folder, backup);

    var looked = 0;
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        var bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        looked++;
        for (var canary : canaries) {
          var secret = canary.getBytes(StandardCharsets.ISO_8859_1);
          assertThat(bytes.contains(canary)).as("%s", file.getFileName()).isFalse();
          assertThat(bytes.contains(canary.substring(10, 18))).isFalse();
          assertThat(bytes.contains(Base64.getEncoder().encodeToString(secret))).isFalse();
        }
      }
    }
    assertThat(looked).as("the file, its log, and the backup at least").isGreaterThanOrEqualTo(4);
  }

  @Test
  void whatCanNoLongerBeReadIsListedAndCanBeReplacedAndDeleted() {
    key("a", CANARY);
    key("b", CANARY);
    world.losesItsRing();

    assertThat(rows()).hasSize(2);
    assertThat(replaced("a", CANARY + "9")).isInstanceOf(Outcome.Done.class);
    assertThat(world.plaintext("a")).contains(CANARY + "9");
    assertThat(store().deleteKey(me(), world.at("b"), ANY, new Replacement.None(), Manner.APPLY))
        .isEqualTo(new Outcome.Deleted());
    assertThat(rows()).hasSize(1);
  }

  /// Told over its standard output what was answered; killed in the middle of the next one.
  @Test
  void whatWasAnsweredForOutlivesAKill() throws IOException, InterruptedException {
    var other = folder.resolve("killed");
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                other.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    var answered = new HashSet<String>();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      for (var line = lines.readLine();
          line != null && answered.size() < 30;
          line = lines.readLine()) {
        if (line.startsWith("saved ")) {
          answered.add(line.substring("saved ".length()));
        }
      }
    } finally {
      process.destroyForcibly().waitFor();
    }

    assertThat(answered).hasSize(30);
    try (var left = new LocalWorld(other)) {
      for (var name : answered) {
        assertThat(left.model(name)).as(name).isPresent();
      }
      var objects = left.objects().look(shelf -> shelf.models().size());
      assertThat(left.<Integer>rows(view -> view.modelConfigs().size())).isEqualTo(objects);
    }
  }

  static final class Writer {
    private Writer() {}

    public static void main(String[] folder) {
      var world = new LocalWorld(Path.of(folder[0]));
      for (var number = 0; number < 100_000; number++) {
        var name = "m" + number;
        var outcome =
            world
                .store()
                .createModel(
                    world.editor(),
                    new ModelDraft(
                        "default",
                        Optional.of(name),
                        Specs.of("{apiKeyRef: {name: 'a'}, model: 'm'}")),
                    Manner.APPLY);
        if (outcome instanceof Outcome.Done) {
          System.out.println("saved " + name);
        }
      }
    }
  }

  @Test
  void whatNeedsAClusterIsRefusedWithWhatToDoInstead() {
    for (var spec :
        List.of(
            "{provider: 'OpenAI', secretRef: {name: 'x'}}",
            "{provider: 'OpenAI', sealedKey: {encryptedData: 'x'}}",
            "{provider: 'Ollama', endpoint: 'https://x.example', caRef: {name: 'x', key: 'y'}}")) {
      assertNotInThisMode(made("x", spec, NO_KEY, Optional.empty()));
    }
    assertNotInThisMode(
        made("x", "{provider: 'OpenAI'}", typed(CANARY), Optional.of(Holding.Secret)));
    key("a", CANARY);
    assertNotInThisMode(
        store()
            .changeKey(
                me(),
                world.at("a"),
                ANY,
                new KeyChange(
                    Specs.of("{secretRef: {name: 'x'}, encryptedKey: null}"),
                    Optional.empty(),
                    false),
                NO_KEY,
                Manner.APPLY));
    assertNotInThisMode(
        store().requestRollout(me(), world.at("a"), new Version.Any(), new RolloutRequest.Retry()));
    var elsewhere =
        store()
            .createModel(
                me(),
                new ModelDraft(
                    "other", Optional.of("x"), Specs.of("{apiKeyRef: {name: 'a'}, model: 'm'}")),
                Manner.APPLY);
    assertThat(((Outcome.Invalid) elsewhere).flaws().getFirst().sentence()).contains("use default");
    assertThat(world.all()).hasSize(1);
  }

  private static void assertNotInThisMode(Outcome outcome) {
    assertThat(((Outcome.Invalid) outcome).flaws())
        .extracting(Flaw::reason)
        .containsExactly(Flaw.Reason.NotInThisMode);
  }

  @Test
  void aKeyStaysWithItsProvider() {
    key("a", CANARY);
    var outcome =
        store()
            .changeKey(
                me(),
                world.at("a"),
                ANY,
                new KeyChange(Specs.of("{provider: 'Anthropic'}"), Optional.empty(), false),
                typed(CANARY),
                Manner.APPLY);
    assertThat(((Outcome.Invalid) outcome).flaws())
        .extracting(Flaw::field)
        .containsExactly("spec.provider");
  }

  @Test
  void aPatchOfWhatIsNoObjectIsSavedAsFarAsItGoes() {
    var start = model("one", "{apiKeyRef: {name: 'a'}, model: 'm', parameters: {extra: {k: 5}}}");

    var saved =
        done(change(start.ref(), "{displayName: 'x', parameters: {extra: {k: {a: null}}}}"));

    assertThat(saved.spec().path("displayName").asText()).isEqualTo("x");
    assertThat(saved.generation()).isEqualTo(start.generation() + 1);
  }

  @Test
  void aWishIsNoNewGenerationAndSpoilsNoSave() {
    var start = key("a", CANARY);

    var asked = (Outcome.Requested) store().requestTest(me(), start.ref(), new Version.Any());

    assertThat(asked.stored().generation()).isEqualTo(start.generation());
    assertThat(asked.stored().version()).isNotEqualTo(start.version());
    var tree = world.object(Kind.ApiKeyConfig, "a").orElseThrow();
    assertThat(tree.at("/metadata/annotations/llmconfig.dev~1verify-requested-at").asText())
        .isEqualTo(asked.mark());
    assertThat(tree.at("/metadata/annotations/llmconfig.dev~1last-changed-by").asText())
        .isEqualTo("admin");
    world.isReady("a");
    var saved =
        store()
            .changeKey(
                me(),
                start.ref(),
                seen(start),
                new KeyChange(Specs.of("{displayName: 'x'}"), Optional.empty(), false),
                NO_KEY,
                Manner.APPLY);
    assertThat(done(saved).generation()).isEqualTo(start.generation() + 1);
    assertThat(world.object(Kind.ApiKeyConfig, "a").orElseThrow().at("/status/conditions"))
        .as("what was said of it stays")
        .hasSize(1);
    assertThat(store().requestTest(me(), world.at("none"), new Version.Any()))
        .isEqualTo(new Outcome.Missing());
  }

  @Test
  void whatWasMadeForAKeyGoesWithItAndRowsSayWhatTheObjectsSay() {
    key("a", CANARY);
    made("a", Kind.Secret, ManagedNames.encryptedSecret("a"));
    made("a", Kind.ConfigMap, ManagedNames.factsConfigMap("a"));
    var model = model("one", "{apiKeyRef: {name: 'a'}, model: 'm'}");
    assertThat(world.<List<ModelConfigRow>>rows(LocalStoreFaultsTest::models))
        .extracting(row -> row.version().resourceVersion())
        .containsExactly(model.version());

    assertThat(store().deleteKey(me(), world.at("a"), ANY, new Replacement.Forced(), Manner.APPLY))
        .isEqualTo(new Outcome.Deleted());
    assertThat(store().deleteModel(me(), model.ref(), ANY, Manner.APPLY))
        .isEqualTo(new Outcome.Deleted());

    assertThat(world.all()).isEmpty();
    assertThat(rows()).isEmpty();
    assertThat(world.<List<ModelConfigRow>>rows(LocalStoreFaultsTest::models)).isEmpty();
  }

  @Test
  void nobodyElseMayDoAnything() {
    for (var stranger : List.of(Caller.token("x"), new Caller.LocalKubeconfig())) {
      assertThatThrownBy(() -> store().requestTest(stranger, world.at("a"), new Version.Any()))
          .isInstanceOf(TokenRejected.class);
    }
  }

  private static List<ModelConfigRow> models(MirrorView view) {
    return view.modelConfigs().stream().map(dev.llmconfig.mirror.Stored::row).toList();
  }

  private List<KeyRow> rows() {
    return world.rows(view -> view.keys().stream().map(dev.llmconfig.mirror.Stored::row).toList());
  }

  private ConfigStore store() {
    return world.store();
  }

  private Caller me() {
    return world.editor();
  }

  private Stored key(String name, String key) {
    return done(made(name, "{provider: 'OpenAI'}", typed(key), Optional.empty()));
  }

  private Outcome made(String name, String spec, KeyMaterial key, Optional<Holding> holding) {
    return store()
        .createKey(
            me(),
            new KeyDraft("default", Optional.of(name), Specs.of(spec), holding, false),
            key,
            Manner.APPLY);
  }

  private Outcome replaced(String name, String key) {
    return store()
        .changeKey(
            me(),
            world.at(name),
            ANY,
            new KeyChange(Specs.of("{}"), Optional.empty(), false),
            typed(key),
            Manner.APPLY);
  }

  private Stored model(String name, String spec) {
    return done(
        store()
            .createModel(
                me(), new ModelDraft("default", Optional.of(name), Specs.of(spec)), Manner.APPLY));
  }

  private Outcome change(Ref model, String change) {
    return store().changeModel(me(), model, ANY, Specs.of(change), Manner.APPLY);
  }

  /// As whoever checks the key keeps it.
  private void made(String key, Kind kind, String name) {
    var object =
        Specs.of(
            "{metadata: {namespace: 'default', name: '%s', ownerReferences: [{name: '%s'}]}}"
                .formatted(name, key));
    world.objects().change(desk -> desk.put(kind, object));
  }
}
