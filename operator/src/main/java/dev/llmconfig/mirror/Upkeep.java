package dev.llmconfig.mirror;

import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.catalogue.Catalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the rows to what the caches hold, turn by turn. It writes the caches' present state and
/// never looks at an event, so that order and repetition of events cannot matter (decision 006).
/// What could not be written stays pending, and while anything is, the rows get no younger.
final class Upkeep {

  private static final Logger log = LoggerFactory.getLogger(Upkeep.class);
  private static final Duration BEAT = Duration.ofSeconds(5);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Mirror.Setting setting;
  private final Caches caches;
  private final Catalogue catalogue;
  private final MirrorStore store;
  private final AgentRows agents;

  private final Set<Touched> pending = new LinkedHashSet<>();
  private boolean built;
  private String trouble = "";
  private Instant syncedAt;
  private Instant nextBeat = Instant.MIN;

  Upkeep(Mirror.Setting setting, Caches caches, Catalogue catalogue, MirrorStore store) {
    this.setting = setting;
    this.caches = caches;
    this.catalogue = catalogue;
    this.store = store;
    this.agents = new AgentRows(caches);
    this.syncedAt = setting.clock().instant();
  }

  MirrorState state() {
    return new MirrorState(syncedAt, built, caches.missing(), trouble);
  }

  /// How long nothing needs to be done if nothing is touched.
  Duration patience() {
    return built && trouble.isEmpty() ? BEAT.dividedBy(5) : RETRY.dividedBy(5);
  }

  void turn(Set<Touched> touched) {
    pending.addAll(agents.with(touched));
    if (!built && !caches.missing().isEmpty()) {
      return; // an incomplete list is no list (traps R12)
    }
    try {
      if (!built || !store.intact()) {
        rebuild();
      } else if (!pending.isEmpty()) {
        store.write(pending.stream().flatMap(this::change).toList());
        pending.clear();
      }
      beat();
      fine();
    } catch (StoreFailure failure) {
      failed(failure);
    }
  }

  private void rebuild() {
    if (!built) {
      // The full lists were read just now, which is all the proof there can be.
      syncedAt = setting.clock().instant();
    }
    // What is touched from here on is touched again.
    pending.clear();
    built = false;
    store.rebuild(new Everything(), heartbeat());
    built = true;
    nextBeat = setting.clock().instant().plus(BEAT);
    log.info("The mirror is rebuilt");
  }

  private void beat() {
    var now = setting.clock().instant();
    if (now.isBefore(nextBeat) && !now.isBefore(nextBeat.minus(BEAT))) {
      return;
    }
    nextBeat = now.plus(BEAT);
    var answeredAt = setting.answeredAt().get();
    var putBack = syncedAt.isAfter(now);
    if (caches.watching() && (answeredAt.isAfter(syncedAt) || putBack)) {
      syncedAt = answeredAt;
      store.beat(heartbeat());
    }
  }

  private Heartbeat heartbeat() {
    return new Heartbeat(
        syncedAt,
        setting.namespaces(),
        setting.replica(),
        setting.leader().get(),
        setting.replicas(),
        caches.resourceVersions(),
        caches.profiles());
  }

  private Stream<RowChange> change(Touched touched) {
    var ref = touched.ref();
    return switch (touched.what()) {
      case KEY ->
          caches
              .key(ref)
              .map(this::key)
              .orElseGet(() -> Stream.of(new RowChange.Gone(ObjectKind.ApiKeyConfig, ref)));
      case MODEL_CONFIG ->
          Stream.of(
              caches
                  .modelConfig(ref)
                  .map(Projection::modelConfig)
                  .<RowChange>map(RowChange.ModelConfigIs::new)
                  .orElseGet(() -> new RowChange.Gone(ObjectKind.ModelConfig, ref)));
      case AGENT -> Stream.of(agents.change(ref));
    };
  }

  private Stream<RowChange> key(ApiKeyConfig key) {
    var row = row(key);
    return Stream.of(new RowChange.KeyIs(row), models(key, row));
  }

  private KeyRow row(ApiKeyConfig key) {
    var ref = Projection.ref(key);
    return Projection.key(key, caches.managedSecret(ref), caches.facts(ref));
  }

  private RowChange.ModelsAre models(ApiKeyConfig key, KeyRow row) {
    return Projection.models(key, row, caches.facts(row.ref()), catalogue);
  }

  private void fine() {
    if (!trouble.isEmpty()) {
      trouble = "";
      log.info("The mirror is written again");
    }
  }

  private void failed(StoreFailure failure) {
    if (!trouble.equals(failure.sentence())) {
      trouble = failure.sentence();
      log.atWarn()
          .addKeyValue("cause", failure.why())
          .addKeyValue("sentence", trouble)
          .log("The mirror cannot be written");
    }
    if (failure.why() == StoreFailure.Cause.BROKEN) {
      built = false;
    }
  }

  /// Rows one at a time, so that a rebuild needs no second copy of the cluster in memory.
  private final class Everything implements MirrorStore.Content {
    @Override
    public Stream<KeyRow> keys() {
      return caches.keys().map(Upkeep.this::row);
    }

    @Override
    public Stream<ModelConfigRow> modelConfigs() {
      return caches.modelConfigs().map(Projection::modelConfig);
    }

    @Override
    public Stream<OfferedModels> models() {
      return caches.keys().map(key -> Upkeep.this.models(key, row(key)).list().get());
    }

    @Override
    public Stream<AgentRow> agents() {
      return agents.all();
    }
  }
}
