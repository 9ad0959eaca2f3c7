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
  private final InstantSource clock;

  /// What there is to open.
  ///
  /// @param keys how many keys are encrypted in the store
  public record Sealed(Optional<String> token, long keys) {

    public static Sealed of(Ledger.View view) {
      return new Sealed(
          view.setting(SETTING),
          view.all(Kind.ApiKeyConfig).stream().filter(Identity::encrypted).count());
    }

    /// Says whether somebody came with the right encryption key, before a byte is changed.
    ///
    /// @param file of the store, as it is told to people
    /// @throws StoreRefused when the ring does not open what is stored
    public void refuseOther(KeyRing ring, Path file) {
      if (keys > 0 && token.isPresent() && opened(ring, token.get()).isEmpty()) {
        throw new StoreRefused(
            ("InvalidEncryptionKey: none of the %d given keys opens %s (%d stored keys). Give the key that"
                    + " was used before, or start with --forget-unreadable-keys to enter them again.")
                .formatted(ring.ids().size(), file, keys));
      }
    }
  }

  public Identity(LocalObjects objects, InstantSource clock) {
    this.objects = objects;
    this.clock = clock;
  }

  /// Opens it, or makes it where there is none, or none that the ring opens: those keys have then
  /// to be entered again.
  public Fingerprints open(KeyRing ring) {
    return objects.change(desk -> {
      var held = desk.setting(SETTING);
      var known = held.flatMap(token -> opened(ring, token));
      if (known.isEmpty() || ring.needsOlder(held.orElseThrow())) {
        var names = known.orElseGet(Fingerprints::generate);
        keep(desk, ring, names);
        return names;
      }
      return known.get();
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

  /// What lies beside the store can be read again.
  private static boolean encrypted(String json) {
    var key = LocalObjects.parsed(json);
    return key.path("spec").has("encryptedKey") && !EnvironmentKeys.isOne(key);
  }
}
