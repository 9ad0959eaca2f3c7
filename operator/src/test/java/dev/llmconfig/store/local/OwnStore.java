package dev.llmconfig.store.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.llmconfig.access.Access;
import dev.llmconfig.access.Caller;
import dev.llmconfig.access.OwnMachine;
import dev.llmconfig.api.Provider;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.Opening;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.ObjectRows;
import dev.llmconfig.sqlite.LedgerDatabase;
import dev.llmconfig.store.ConfigStore;
import dev.llmconfig.store.Encryption;
import dev.llmconfig.store.KeyDraft;
import dev.llmconfig.store.KeyMaterial;
import dev.llmconfig.store.Manner;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.cluster.LocalStore;
import dev.llmconfig.store.local.Ledger.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A store in a directory, with steps between it and its file.
final class OwnStore implements AutoCloseable {

  static final Catalogue CATALOGUE = Catalogue.packed();
  static final Caller ME = new Caller.Standalone();

  private final Steps steps = new Steps();
  private final LedgerDatabase ledger;
  private final LocalObjects objects;
  private final Access access =
      new Access(
          new OwnMachine(Optional.empty()),
          Duration.ZERO,
          InstantSource.system(),
          Ticker.systemTicker());
  private final Encryption encryption;
  private final ConfigStore store;

  OwnStore(Path folder, KeyRing ring) {
    encryption = Encryption.with(() -> Optional.of(ring), InstantSource.system());
    ledger = LedgerDatabase.open(folder, InstantSource.system());
    objects = new LocalObjects(steps.between(ledger), new ObjectRows(CATALOGUE));
    store = beside(EnvironmentKeys.NONE);
  }

  /// The same store with keys beside it.
  LocalStore beside(EnvironmentKeys keys) {
    return new LocalStore(objects, access, encryption, keys, InstantSource.system());
  }

  Encryption encryption() {
    return encryption;
  }

  Steps steps() {
    return steps;
  }

  LocalObjects objects() {
    return objects;
  }

  ConfigStore store() {
    return store;
  }

  /// Everything that there is, and what is remembered.
  List<String> all() {
    return ledger.look(view -> {
      var all = new ArrayList<String>();
      for (var kind : Kind.values()) {
        view.all(kind).forEach(json -> all.add(kind + " " + json));
      }
      all.add("migrated: " + view.migrated(Migration.NAME));
      return all;
    });
  }

  Identity.Sealed sealed() {
    return ledger.look(Identity.Sealed::of);
  }

  List<ObjectNode> trees(Kind kind) {
    return objects.look(shelf -> shelf.trees(kind));
  }

  void key(String name, Provider provider, String text) {
    var spec = JsonNodeFactory.instance.objectNode().put("provider", provider.name());
    try (var material = KeyMaterial.of(text.getBytes(StandardCharsets.US_ASCII))) {
      var outcome =
          store.createKey(
              ME,
              new KeyDraft(OwnMachine.NAMESPACE, Optional.of(name), spec, Optional.empty(), false),
              material,
              Manner.APPLY);
      if (!(outcome instanceof Outcome.Done)) {
        throw new AssertionError(outcome);
      }
    }
  }

  static Ref at(String name) {
    return new Ref(OwnMachine.NAMESPACE, name);
  }

  /// The key in a token of a spec.
  static Optional<String> opened(KeyRing ring, String token) {
    if (!(ring.open(token) instanceof Opening.Opened(var plaintext, _))) {
      return Optional.empty();
    }
    try (plaintext) {
      return Optional.of(plaintext.use(bytes -> new String(bytes, StandardCharsets.UTF_8)));
    }
  }

  @Override
  public void close() {
    access.close();
    ledger.close();
  }
}
