package dev.llmconfig.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.llmconfig.access.Access;
import dev.llmconfig.access.Caller;
import dev.llmconfig.access.OwnMachine;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.Opening;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.MirrorView;
import dev.llmconfig.mirror.ObjectRows;
import dev.llmconfig.sqlite.ConfigReader;
import dev.llmconfig.sqlite.LedgerDatabase;
import dev.llmconfig.store.cluster.LocalStore;
import dev.llmconfig.store.local.EnvironmentKeys;
import dev.llmconfig.store.local.Ledger;
import dev.llmconfig.store.local.Ledger.Kind;
import dev.llmconfig.store.local.LocalObjects;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// The store of one person's own machine, in a directory.
final class LocalWorld implements StoreWorld, AutoCloseable {

  private static final Catalogue CATALOGUE = Catalogue.packed();

  private final Path folder;
  private final LedgerDatabase ledger;
  private final LocalObjects objects;
  private final Access access =
      new Access(
          new OwnMachine(Optional.empty()),
          Duration.ZERO,
          InstantSource.system(),
          Ticker.systemTicker());
  private final LocalStore store;
  private KeyRing ring = KeyRing.of(FernetKey.generate());

  LocalWorld(Path folder) {
    this(folder, UnaryOperator.identity());
  }

  /// @param wrapped stands between the objects and their file
  LocalWorld(Path folder, UnaryOperator<Ledger> wrapped) {
    this.folder = folder;
    ledger = LedgerDatabase.open(folder, InstantSource.system());
    objects = new LocalObjects(wrapped.apply(ledger), new ObjectRows(CATALOGUE));
    store =
        new LocalStore(
            objects,
            access,
            Encryption.with(() -> Optional.of(ring), InstantSource.system()),
            EnvironmentKeys.NONE,
            InstantSource.system());
  }

  void losesItsRing() {
    ring = KeyRing.of(FernetKey.generate());
  }

  LocalObjects objects() {
    return objects;
  }

  /// Everything that there is.
  List<String> all() {
    return ledger.look(view -> {
      var all = new ArrayList<String>();
      for (var kind : Kind.values()) {
        view.all(kind).forEach(json -> all.add(kind + " " + json));
      }
      return all;
    });
  }

  <T> T rows(Function<MirrorView, T> question) {
    try (var reader = ConfigReader.of(folder)) {
      return reader.read(question);
    }
  }

  @Override
  public ConfigStore store() {
    return store;
  }

  @Override
  public Caller editor() {
    return new Caller.Standalone();
  }

  @Override
  public String namespace() {
    return "default";
  }

  @Override
  public Optional<Stored> key(String name) {
    return object(Kind.ApiKeyConfig, name).map(LocalWorld::stored);
  }

  @Override
  public Optional<Stored> model(String name) {
    return object(Kind.ModelConfig, name).map(LocalWorld::stored);
  }

  Optional<ObjectNode> object(Kind kind, String name) {
    return objects.look(shelf -> shelf.tree(kind, at(name)));
  }

  @Override
  public String plaintext(String key) {
    var token = key(key).orElseThrow().spec().path("encryptedKey").asText();
    if (!(ring.open(token) instanceof Opening.Opened(var plaintext, _))) {
      throw new AssertionError("the token does not open");
    }
    try (plaintext) {
      return plaintext.use(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
  }

  @Override
  public void isReady(String key) {
    objects.change(desk -> {
      var tree = desk.tree(Kind.ApiKeyConfig, at(key)).orElseThrow();
      tree.set(
          "status",
          Specs.of(
              "{conditions: [{type: 'Ready', status: 'True', reason: 'Verified', message: '',"
                  + " lastTransitionTime: '2026-11-21T00:00:00Z'}]}"));
      return desk.put(Kind.ApiKeyConfig, tree);
    });
  }

  private static Stored stored(ObjectNode object) {
    var meta = object.path("metadata");
    return new Stored(
        new Ref(meta.path("namespace").asText(), meta.path("name").asText()),
        meta.path("uid").asText(),
        meta.path("generation").asLong(),
        meta.path("resourceVersion").asText(),
        meta.path("creationTimestamp").asText(),
        (ObjectNode) object.path("spec"));
  }

  @Override
  public void close() {
    access.close();
    ledger.close();
  }
}
