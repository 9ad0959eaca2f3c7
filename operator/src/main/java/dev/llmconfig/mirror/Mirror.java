package dev.llmconfig.mirror;

import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.crypto.KeyRing;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps rows like the cluster: informers, and one platform thread that owns the store.
public final class Mirror implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Mirror.class);

  /// What the mirror is told by the process it runs in.
  ///
  /// @param namespaces none means all
  /// @param home where the operator's own objects are
  /// @param answeredAt when the API server answered last: a watch that hears nothing looks like one
  ///   of a quiet cluster
  public record Setting(
      Set<String> namespaces,
      String home,
      String replica,
      OptionalInt replicas,
      Supplier<String> leader,
      Supplier<Instant> answeredAt,
      InstantSource clock) {
    public Setting {
      namespaces = Set.copyOf(namespaces);
    }
  }

  private final Setting setting;
  private final ClusterCaches caches;
  private final MirrorStore store;
  private final Inbox inbox = new Inbox();
  private final OlderTokens olderTokens;
  private final Upkeep upkeep;
  private final Thread writer = Thread.ofPlatform().name("mirror").unstarted(this::run);
  private volatile MirrorState state;
  private volatile long turnedAt;

  /// The store is the mirror's from here on, and is closed by it.
  public Mirror(KubernetesClient client, MirrorStore store, Setting setting) {
    this.setting = setting;
    this.store = store;
    this.caches = new ClusterCaches(client, setting.namespaces(), setting.home(), inbox::put);
    this.olderTokens = new OlderTokens(caches);
    this.upkeep = new Upkeep(setting, caches, Catalogue.packed(), store);
    this.state = upkeep.state();
  }

  public void start() {
    caches.start();
    turnedAt = System.nanoTime();
    writer.start();
  }

  public MirrorState state() {
    return state;
  }

  /// For how long the writer has not moved. It turns every few seconds, and more than a minute
  /// means that it hangs, or is gone.
  public Duration silence() {
    return writer.getState() == Thread.State.NEW
        ? Duration.ZERO
        : Duration.ofNanos(System.nanoTime() - turnedAt);
  }

  /// How far the rows are behind the cluster, as far as one knows.
  public Duration lag() {
    return Freshness.of(state.syncedAt(), setting.clock().instant()).age();
  }

  /// Every key, from the caches as they are now.
  public Stream<KeyGlance> keys() {
    return caches.keys().map(KeyGlance::at);
  }

  /// Every ModelConfig, likewise.
  public Stream<ModelGlance> models() {
    return caches.modelConfigs().map(ModelGlance::at);
  }

  /// How many keys need an older key of this ring.
  public int needingOlderKey(KeyRing ring) {
    return olderTokens.count(ring);
  }

  @Override
  public void close() {
    caches.close();
    writer.interrupt();
    try {
      writer.join(Duration.ofSeconds(10));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (store) {
      while (!Thread.currentThread().isInterrupted()) {
        turn();
      }
    } catch (InterruptedException _) {
      // The end of the process.
    }
  }

  /// A defect must not end the mirror in silence: the next turn tries again, and the age tells.
  private void turn() throws InterruptedException {
    var touched = inbox.take(upkeep.patience());
    try {
      upkeep.turn(touched);
    } catch (RuntimeException defect) {
      log.atError().setCause(defect).log("A turn of the mirror failed");
    }
    state = upkeep.state();
    turnedAt = System.nanoTime();
  }
}
