package dev.llmconfig.store.local;

import dev.llmconfig.crypto.Fingerprints;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.Opening;
import dev.llmconfig.store.local.Ledger.Kind;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/// What names the keys of a store. It is kept in the store, encrypted like them: whether it opens
/// says whether somebody came with the right encryption key, before anything else is touched.
public final class Identity {

  private static final String SETTING = "fingerprint_key";

  private final LocalObjects objects;
  private final Path file;
  private final InstantSource clock;

  /// Of that store.
  ///
  /// @param file as it is told to people
  public Identity(LocalObjects objects, Path file, InstantSource clock) {
    this.objects = objects;
    this.file = file;
    this.clock = clock;
  }

  /// Whether something is encrypted in the store, so that a new encryption key would not do.
  public boolean needsItsKey() {
    return objects.look(shelf -> encrypted(shelf) > 0);
  }

  /// Opens it, or makes it where nothing hangs on it yet.
  ///
  /// @param forget whether keys that do not open may be left as they are
  /// @throws StoreRefused when the ring does not open what is stored
  public Fingerprints open(KeyRing ring, boolean forget) {
    return objects.change(desk -> {
      var held = desk.setting(SETTING);
      var known = held.flatMap(token -> opened(ring, token));
      if (known.isPresent()) {
        if (ring.needsOlder(held.get())) {
          keep(desk, ring, known.get());
        }
        return known.get();
      }
      var stored = encrypted(desk);
      if (held.isPresent() && stored > 0 && !forget) {
        throw new StoreRefused(
            ("InvalidEncryptionKey: none of the %d given keys opens %s (%d stored keys). Give the key that"
                    + " was used before, or start with --forget-unreadable-keys to enter them again.")
                .formatted(ring.ids().size(), file, stored));
      }
      var made = Fingerprints.generate();
      keep(desk, ring, made);
      return made;
    });
  }

  private void keep(LocalObjects.Desk desk, KeyRing ring, Fingerprints names) {
    try (var text = names.text()) {
      desk.keepSetting(SETTING, ring.encrypt(text, clock.instant()));
    }
  }

  private static Optional<Fingerprints> opened(KeyRing ring, String token) {
    return switch (ring.open(token)) {
      case Opening.Opened(var plaintext, _) -> {
        try (plaintext) {
          yield plaintext.use(Fingerprints::parse);
        }
      }
      case Opening.Refused() -> Optional.empty();
    };
  }

  private static long encrypted(LocalObjects.Shelf shelf) {
    return shelf.trees(Kind.ApiKeyConfig).stream()
        .filter(key -> key.path("spec").has("encryptedKey"))
        .count();
  }
}
