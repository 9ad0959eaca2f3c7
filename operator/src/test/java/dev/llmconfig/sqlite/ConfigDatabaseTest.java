package dev.llmconfig.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.llmconfig.domain.AgentState;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.AgentDetail;
import dev.llmconfig.mirror.AgentRow;
import dev.llmconfig.mirror.Change;
import dev.llmconfig.mirror.Change.Operation;
import dev.llmconfig.mirror.Changes;
import dev.llmconfig.mirror.ChangingClock;
import dev.llmconfig.mirror.Heartbeat;
import dev.llmconfig.mirror.KeyRow;
import dev.llmconfig.mirror.MirrorStore;
import dev.llmconfig.mirror.MirrorView;
import dev.llmconfig.mirror.ModelConfigRow;
import dev.llmconfig.mirror.ObjectKind;
import dev.llmconfig.mirror.ObjectVersion;
import dev.llmconfig.mirror.OfferedModels;
import dev.llmconfig.mirror.Position;
import dev.llmconfig.mirror.RowChange;
import dev.llmconfig.mirror.Sample;
import dev.llmconfig.mirror.Stored;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is written is what is read, in a real file.
@SuppressWarnings("NullAway.Init") // set before each test
class ConfigDatabaseTest {

  private static final Ref OPENAI = new Ref("agents", "openai.team-a");
  private static final Ref CHAT = new Ref("agents", "chat.v2");
  private static final Ref SUPPORT = new Ref("agents", "support");

  @TempDir Path folder;

  private final ChangingClock clock = new ChangingClock();
  private ConfigDatabase database;
  private ConfigReader reader;

  @BeforeEach
  void open() {
    database = ConfigDatabase.in(folder, clock);
    reader = ConfigReader.of(folder);
  }

  @AfterEach
  void close() {
    reader.close();
    database.close();
  }

  @Test
  void aRowIsReadAsItWasWritten() {
    var key = Sample.keyRow(OPENAI, "u1", 3);
    var config = Sample.modelConfigRow(SUPPORT, "u2", 4);

    database.rebuild(new Rows(List.of(key), List.of(config), List.of()), Rows.HEARTBEAT);

    assertThat(keys()).extracting(Stored::row).containsExactly(asRead(key));
    assertThat(this.<KeyRow>read(view -> view.key(OPENAI).orElseThrow().row()))
        .isEqualTo(asRead(key));
    var stored = read(view -> view.modelConfig(SUPPORT).orElseThrow().row());
    assertThat(stored).usingRecursiveComparison().ignoringFields("version").isEqualTo(config);
    assertThat(this.<Heartbeat>read(MirrorView::heartbeat)).isEqualTo(Rows.HEARTBEAT);
  }

  @Test
  void anAgentIsReadAsItWasWritten() {
    var row = Sample.agentRow(CHAT, "u3", 7);

    database.rebuild(Rows.agents(row), Rows.HEARTBEAT);

    assertThat(row.ref().name()).isEqualTo("Deployment.chat.v2");
    assertThat(agents())
        .singleElement()
        .satisfies(stored ->
            assertThat(stored.row())
                .usingRecursiveComparison()
                .ignoringFields("version.specManager", "version.lastManager", "detail")
                .isEqualTo(row));
    // a list is read often, and the detail is long
    assertThat(agents().getFirst().row().detail()).isEqualTo(AgentDetail.NOT_READ);
    assertThat(row.detail().sketch()).contains("OPENAI_MODEL");
    assertThat(this.<AgentRow>read(view -> view.agent(row.ref()).orElseThrow().row()).detail())
        .isEqualTo(row.detail());
    assertThat(this.<AgentRow>read(view -> view.agentsIn("agents").getFirst().row()).detail())
        .isEqualTo(row.detail());
    assertThat(this.<List<?>>read(view -> view.agentsIn("elsewhere"))).isEmpty();
    assertThat(row.standing().state()).isEqualTo(AgentState.UpToDate);
    assertThat(row.running()).isEqualTo(row.requested());
    assertThat(row.running().model()).isEqualTo("gpt-7");
  }

  @Test
  void whatBecomesOfAnAgentIsAChangeAndWhatMovesByItselfIsNot() {
    database.rebuild(Rows.agents(Sample.agentRow(CHAT, "u3", 7)), Rows.HEARTBEAT);
    var start = position();
    var row = Sample.agentRow(CHAT, "u3", 7);

    database.write(List.of(new RowChange.AgentIs(row)));
    assertThat(changes(start)).isEmpty();

    database.write(List.of(new RowChange.AgentIs(Sample.agentRow(CHAT, "u3", 8))));
    database.write(List.of(new RowChange.Gone(ObjectKind.Agent, row.ref())));
    assertThat(changes(start))
        .extracting(Change::kind, Change::ref, Change::operation)
        .containsExactly(
            tuple(ObjectKind.Agent, row.ref(), Operation.Update),
            tuple(ObjectKind.Agent, row.ref(), Operation.Delete));
    assertThat(agents()).isEmpty();
  }

  private List<Stored<AgentRow>> agents() {
    return read(MirrorView::agents);
  }

  @Test
  void bothTokensAreKeptWithTheEndpointEachWasAcceptedFor() {
    database.rebuild(Rows.keys(Sample.keyRow(OPENAI, "u1", 3)), Rows.HEARTBEAT);

    var row = read(view -> view.key(OPENAI).orElseThrow().row());

    assertThat(row.current().orElseThrow().token()).isEqualTo("gAAAAABcurrent3");
    assertThat(row.current().orElseThrow().endpoint()).isEqualTo("https://api.openai.com/v1");
    assertThat(row.previous().orElseThrow().token()).isEqualTo("gAAAAABprevious");
    assertThat(row.previous().orElseThrow().endpoint()).isEqualTo("https://old.example.com/v1");
    assertThat(row.previous().orElseThrow().until()).contains("2026-12-01T00:00:00Z");
  }

  @Test
  void theFirstFullListReplacesEverythingThatWasThere() {
    database.rebuild(Rows.many(5), Rows.HEARTBEAT);
    var before = position();

    database.rebuild(Rows.keys(Sample.keyRow(OPENAI, "u1", 3)), Rows.HEARTBEAT);

    assertThat(keys()).extracting(s -> s.row().ref()).containsExactly(OPENAI);
    assertThat(position().epoch()).isNotEqualTo(before.epoch());
    assertThat(position().seq()).isGreaterThan(before.seq());
    assertThat(since(before)).isEqualTo(new Changes.Unknown());
  }

  @Test
  void changesAreNumberedAndToldWithWhoMadeThem() {
    database.rebuild(Rows.keys(Sample.keyRow(OPENAI, "u1", 3)), Rows.HEARTBEAT);
    var start = position();

    database.write(
        List.of(
            new RowChange.KeyIs(Sample.keyRow(OPENAI, "u1", 4)),
            new RowChange.ModelConfigIs(Sample.modelConfigRow(SUPPORT, "u2", 5))));
    database.write(List.of(new RowChange.Gone(ObjectKind.ApiKeyConfig, OPENAI)));

    assertThat(changes(start))
        .extracting(Change::kind, Change::ref, Change::operation, Change::manager)
        .containsExactly(
            tuple(ObjectKind.ApiKeyConfig, OPENAI, Operation.Update, "kubectl"),
            tuple(ObjectKind.ModelConfig, SUPPORT, Operation.Create, "kubectl"),
            tuple(ObjectKind.ApiKeyConfig, OPENAI, Operation.Delete, ""));
    assertThat(changes(start)).extracting(Change::seq).isSorted().doesNotHaveDuplicates();
    assertThat(this.<Long>read(view -> view.modelConfig(SUPPORT).orElseThrow().seq()))
        .isEqualTo(start.seq() + 2);
    assertThat(
            this.<List<Change>>read(
                view -> view.recentChanges(ObjectKind.ApiKeyConfig, OPENAI, 10)))
        .extracting(Change::operation)
        .containsExactly(Operation.Delete, Operation.Update);
  }

  @Test
  void aChangeOfTheManagedSecretIsTheOperators() {
    database.rebuild(Rows.keys(Sample.keyRow(OPENAI, "u1", 3)), Rows.HEARTBEAT);
    var start = position();
    var row = Sample.keyRow(OPENAI, "u1", 3);
    var rotated =
        new KeyRow(
            row.ref(),
            row.version(),
            "u1s/99",
            row.factsVersion(),
            row.declared(),
            row.current(),
            row.previous(),
            row.accepted(),
            row.told());

    database.write(List.of(new RowChange.KeyIs(rotated)));

    assertThat(changes(start)).extracting(Change::manager).containsExactly("llm-config-operator");
  }

  @Test
  void whatIsAsItWasWritesNothing() {
    database.rebuild(Rows.keys(Sample.keyRow(OPENAI, "u1", 3)), Rows.HEARTBEAT);
    var start = position();

    database.write(
        List.of(
            new RowChange.KeyIs(Sample.keyRow(OPENAI, "u1", 3)),
            new RowChange.Gone(ObjectKind.ModelConfig, SUPPORT)));

    assertThat(position()).isEqualTo(start);
    assertThat(changes(start)).isEmpty();
  }

  @Test
  void anObjectOfTheSameNameIsAnotherObject() {
    database.rebuild(Rows.keys(Sample.keyRow(OPENAI, "u1", 3)), Rows.HEARTBEAT);
    database.write(List.of(models("stamp", "gpt-5")));
    var start = position();

    database.write(List.of(new RowChange.KeyIs(Sample.keyRow(OPENAI, "u9", 1))));

    assertThat(changes(start))
        .extracting(Change::operation)
        .containsExactly(Operation.Delete, Operation.Create);
    assertThat(models(OPENAI)).isEmpty();
  }

  @Test
  void aHeartbeatIsNoChange() {
    database.rebuild(Rows.none(), Rows.HEARTBEAT);
    var start = position();
    var version = reader.version();
    var later = Instant.parse("2026-11-20T12:00:05Z");

    database.beat(Rows.heartbeat(later));

    assertThat(position()).isEqualTo(start);
    assertThat(reader.version()).isNotEqualTo(version);
    var freshness = read(view -> view.freshness(later.plusSeconds(31)));
    assertThat(freshness.age()).isEqualTo(Duration.ofSeconds(31));
    assertThat(freshness.stale()).isTrue();
    assertThat(read(view -> view.freshness(later.plusSeconds(30))).stale()).isFalse();
    assertThat(read(view -> view.freshness(later.minusSeconds(3_600))).age()).isZero();
  }

  @Test
  void theLastTenThousandChangesAreKept() {
    database.rebuild(Rows.none(), Rows.HEARTBEAT);
    var start = position();

    database.write(
        IntStream.range(0, 10_001)
            .<RowChange>mapToObj(at -> new RowChange.KeyIs(Sample.keyRow(Rows.ref(at), "u", 1)))
            .toList());

    assertThat(since(start)).isEqualTo(new Changes.Unknown());
    assertThat(changes(new Position(start.epoch(), start.seq() + 1))).hasSize(10_000);
  }

  @Test
  void aListIsReadAsItWasWritten() {
    var list = Sample.models(OPENAI, "stamp", "gpt-5", "gpt-5-mini");
    database.rebuild(
        new Rows(List.of(Sample.keyRow(OPENAI, "u1", 3)), List.of(), List.of(list)),
        Rows.HEARTBEAT);

    assertThat(models(OPENAI)).contains(list);
    assertThat(models(SUPPORT)).isEmpty();
  }

  @Test
  void anEmptyListIsAListToo() {
    database.rebuild(Rows.keys(Sample.keyRow(OPENAI, "u1", 3)), Rows.HEARTBEAT);

    database.write(List.of(models("stamp")));

    assertThat(models(OPENAI).orElseThrow().models()).isEmpty();
    assertThat(models(OPENAI).orElseThrow().hidden()).isEqualTo(2);
  }

  @Test
  void aListWithAnotherStampReplacesTheOneThatIsThereAndWithTheSameNothingIsDone() {
    database.rebuild(Rows.keys(Sample.keyRow(OPENAI, "u1", 3)), Rows.HEARTBEAT);
    database.write(List.of(models("one", "gpt-5", "gpt-5-mini")));

    database.write(List.of(models("one", "never-looked-at")));
    assertThat(models(OPENAI)).contains(Sample.models(OPENAI, "one", "gpt-5", "gpt-5-mini"));

    database.write(List.of(models("two", "gpt-4")));
    assertThat(models(OPENAI)).contains(Sample.models(OPENAI, "two", "gpt-4"));
  }

  @Test
  void aListGoesWithItsKey() {
    database.rebuild(Rows.keys(Sample.keyRow(OPENAI, "u1", 3)), Rows.HEARTBEAT);
    database.write(List.of(models("one", "gpt-5")));

    database.write(List.of(new RowChange.Gone(ObjectKind.ApiKeyConfig, OPENAI)));
    assertThat(models(OPENAI)).isEmpty();

    database.write(List.of(models("one", "gpt-5")));
    database.rebuild(Rows.none(), Rows.HEARTBEAT);
    assertThat(models(OPENAI)).isEmpty();
  }

  @Test
  void tenThousandRowsAreOneTransaction() {
    database.rebuild(Rows.keys(Sample.keyRow(OPENAI, "u1", 3)), Rows.HEARTBEAT);

    database.rebuild(Rows.many(10_000), Rows.HEARTBEAT);

    assertThat(keys()).hasSize(10_000);
  }

  @Test
  void aRebuildThatFailsHalfWayLeavesWhatWasThere() {
    database.rebuild(Rows.keys(Sample.keyRow(OPENAI, "u1", 3)), Rows.HEARTBEAT);
    var before = position();

    assertThatThrownBy(() -> database.rebuild(new Interrupted(), Rows.HEARTBEAT))
        .isInstanceOf(IllegalStateException.class);

    assertThat(position()).isEqualTo(before);
    assertThat(keys()).hasSize(1);
    assertThat(database.intact()).isTrue();
  }

  private List<Stored<KeyRow>> keys() {
    return reader.read(MirrorView::keys);
  }

  private Position position() {
    return reader.read(MirrorView::position);
  }

  private <T> T read(Function<MirrorView, T> question) {
    return reader.read(question);
  }

  private static RowChange models(String stamp, String... ids) {
    return new RowChange.ModelsAre(OPENAI, stamp, () -> Sample.models(OPENAI, stamp, ids));
  }

  private Optional<OfferedModels> models(Ref key) {
    return read(view -> view.models(key));
  }

  private Changes since(Position position) {
    return read(view -> view.changesSince(position));
  }

  private List<Change> changes(Position since) {
    return since(since) instanceof Changes.Known(var changes) ? changes : List.of();
  }

  /// Who wrote it is told by the changes.
  private static KeyRow asRead(KeyRow row) {
    var version = row.version();
    return new KeyRow(
        row.ref(),
        new ObjectVersion(
            version.uid(),
            version.generation(),
            version.resourceVersion(),
            version.createdAt(),
            version.deleting(),
            "",
            "",
            version.marks()),
        row.secretVersion(),
        row.factsVersion(),
        row.declared(),
        row.current(),
        row.previous(),
        row.accepted(),
        row.told());
  }

  /// Ends in the middle of the list.
  private static final class Interrupted implements MirrorStore.Content {
    @Override
    public Stream<KeyRow> keys() {
      return Stream.of(1, 2)
          .map(at -> {
            if (at == 2) {
              throw new IllegalStateException("interrupted");
            }
            return Sample.keyRow(Rows.ref(at), "u" + at, 1);
          });
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
