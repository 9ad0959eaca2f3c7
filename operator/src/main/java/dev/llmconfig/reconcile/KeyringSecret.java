package dev.llmconfig.reconcile;

import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.Fingerprints;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.Ref;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The key ring of the installation, as its Secrets hold it: the fingerprint key, and the
/// encryption keys where none were given. It is made once, with a bare create, and never anew over
/// data that an older one encrypted.
public final class KeyringSecret implements Encryptions {

  private static final Logger log = LoggerFactory.getLogger(KeyringSecret.class);

  /// Who is told that it exists, and does not see it, is not told so for ever.
  private static final int TRIES = 5;

  /// What the cluster holds, whatever is in force.
  public enum State {
    /// It is what is in force.
    PRESENT,
    MISSING,
    /// There are encryption keys, and no fingerprint key beside them.
    INCOMPLETE,
    /// It does not parse; what was read before stays in force.
    REFUSED
  }

  private final KubernetesClient client;
  private final KeyringPlace place;
  private final Optional<KeyRing> given;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
  private final Map<Ref, Secret> seen = new HashMap<>();
  private volatile Optional<Encryption> loaded = Optional.empty();
  private volatile State state = State.MISSING;

  /// Kept when the ring goes: with another one every revision would change.
  private Optional<Fingerprints> names = Optional.empty();

  /// @param given the ring of the environment; without one a Secret holds it
  public KeyringSecret(KubernetesClient client, KeyringPlace place, Optional<KeyRing> given) {
    this.client = client;
    this.place = place;
    this.given = given;
  }

  @Override
  public Optional<Encryption> current() {
    return loaded;
  }

  public State state() {
    return state;
  }

  KeyringPlace place() {
    return place;
  }

  @Override
  public Subscription onChange(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /// Calls back at each thing that the watch brings, whatever came of it.
  Subscription onLook(Runnable watcher) {
    watchers.add(watcher);
    return () -> watchers.remove(watcher);
  }

  /// The operator's own namespace.
  String home() {
    return place.own().namespace();
  }

  /// The Secret as events name it: nothing but its identity.
  synchronized Secret reference() {
    var ref = given.isPresent() ? place.own() : place.keys();
    var found = Optional.ofNullable(seen.get(ref));
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(ref.namespace())
        .withName(ref.name())
        .withUid(found.map(one -> one.getMetadata().getUid()).orElse(null))
        .endMetadata()
        .build();
  }

  /// Follows the Secrets from now on, so that neither a rotation nor a restored ring needs a
  /// restart.
  public Subscription watch() {
    var informers =
        Stream.of(place.own(), place.keys())
            .distinct()
            .map(ref -> {
              var informer =
                  client
                      .secrets()
                      .inNamespace(ref.namespace())
                      .withName(ref.name())
                      .runnableInformer(0);
              informer.addEventHandler(new Following(ref));
              informer.exceptionHandler((_, _) -> true);
              var _ = informer.start();
              return informer;
            })
            .toList();
    return () -> informers.forEach(informer -> informer.stop());
  }

  private final class Following implements ResourceEventHandler<Secret> {
    private final Ref ref;

    Following(Ref ref) {
      this.ref = ref;
    }

    @Override
    public void onAdd(Secret secret) {
      look(ref, Optional.of(secret));
    }

    @Override
    public void onUpdate(Secret before, Secret after) {
      look(ref, Optional.of(after));
    }

    @Override
    public void onDelete(Secret secret, boolean unknown) {
      look(ref, Optional.empty());
    }
  }

  private synchronized void look(Ref ref, Optional<Secret> found) {
    note(ref, found);
    judge();
    watchers.forEach(Runnable::run);
  }

  /// Nothing that the watch brings can come between the answer and what is made of it.
  private synchronized void read() {
    note(place.own(), KeyringObject.find(client, place.own()));
    if (place.brought()) {
      note(place.keys(), KeyringObject.find(client, place.keys()));
    }
    judge();
  }

  private void note(Ref ref, Optional<Secret> found) {
    found.ifPresentOrElse(one -> seen.put(ref, one), () -> seen.remove(ref));
  }

  private void judge() {
    var ring = given.map(one -> (KeyRing.Parsed) new KeyRing.Parsed.Valid(one)).or(this::ring);
    var fingerprintKey = fingerprintKey();
    if (ring.isEmpty()) {
      missing();
    } else if (fingerprintKey.isEmpty()) {
      state = State.INCOMPLETE;
    } else {
      var parsed = fingerprintKey.flatMap(Fingerprints::parse);
      if (parsed.isPresent() && ring.get() instanceof KeyRing.Parsed.Valid(var valid)) {
        take(new Encryption(valid, parsed.get()));
      } else {
        refused();
      }
    }
  }

  private void take(Encryption taken) {
    state = State.PRESENT;
    names = Optional.of(taken.fingerprints());
    if (loaded.filter(one -> same(one, taken)).isEmpty()) {
      loaded = Optional.of(taken);
      log.atInfo()
          .addKeyValue("secret", place.keys())
          .addKeyValue("encrypts", taken.ring().first())
          .log("The key ring was read");
      listeners.forEach(Runnable::run);
    }
  }

  private static boolean same(Encryption one, Encryption other) {
    return one.ring().ids().equals(other.ring().ids())
        && one.installation().equals(other.installation());
  }

  private void refused() {
    if (state != State.REFUSED) {
      log.atError()
          .addKeyValue("secret", place.keys())
          .addKeyValue("reason", "KeyRingRefused")
          .log("The key ring does not parse and is not taken; correct it, or restore the backup");
    }
    state = State.REFUSED;
  }

  /// Without the Secret nothing is encrypted or opened, so that it is noticed while the backup is
  /// still at hand. One that lost only its keys is a mistake of somebody who is still at work, and
  /// leaves in force what was read before.
  private void missing() {
    state = State.MISSING;
    if (loaded.isPresent() && !seen.containsKey(place.keys())) {
      log.atWarn()
          .addKeyValue("secret", place.keys())
          .addKeyValue("reason", "KeyRingMissing")
          .log("The Secret of the key ring is gone; restore it from the backup");
      loaded = Optional.empty();
      listeners.forEach(Runnable::run);
    }
  }

  private Optional<KeyRing.Parsed> ring() {
    return Optional.ofNullable(seen.get(place.keys()))
        .flatMap(secret -> KeyringObject.data(secret, KeyringObject.KEYS))
        .map(bytes -> {
          try (var text = SecretBytes.taking(bytes)) {
            return KeyRing.parse(text);
          }
        });
  }

  private Optional<byte[]> fingerprintKey() {
    return Stream.of(place.keys(), place.own())
        .flatMap(ref -> Stream.ofNullable(seen.get(ref)))
        .flatMap(secret -> KeyringObject.data(secret, KeyringObject.FINGERPRINT_KEY).stream())
        .findFirst();
  }

  /// Makes what is missing, unless something encrypted is there that a new ring could never open.
  ///
  /// @param encrypted how many keys a new ring could not open
  void readOrMake(IntSupplier encrypted, WritePermission permission) {
    bring(permission, () -> state == State.INCOMPLETE || mayBeMade(encrypted));
  }

  /// Adds the fingerprint key to a ring that somebody brought without one. Encryption keys are made
  /// at the beginning of a term only: later, something may just be being encrypted with those that
  /// are gone.
  void complete(WritePermission permission) {
    if (state == State.INCOMPLETE) {
      bring(permission, () -> state == State.INCOMPLETE);
    }
  }

  private void bring(WritePermission permission, BooleanSupplier wanted) {
    for (int left = TRIES; ; left--) {
      read();
      if (state == State.PRESENT || state == State.REFUSED || !wanted.getAsBoolean()) {
        return;
      }
      permission.check();
      try {
        write();
        read();
        return;
      } catch (KubernetesClientException failed) {
        // Another replica was first, and its ring is ours; or it was not so, and is tried again.
        if (failed.getCode() != 409 || left == 1) {
          throw failed;
        }
      }
    }
  }

  private boolean mayBeMade(IntSupplier encrypted) {
    if (!place.made()) {
      log.atInfo().addKeyValue("secret", place.keys()).log("The key ring is waited for");
      return false;
    }
    var count = encrypted.getAsInt();
    if (count > 0) {
      log.atWarn()
          .addKeyValue("secret", place.keys())
          .addKeyValue("reason", "KeyRingMissing")
          .addKeyValue("waiting", count)
          .log("The key ring is missing and encrypted keys exist; restore it from the backup");
    }
    return count == 0;
  }

  private synchronized void write() {
    var missing = new TreeMap<String, SecretBytes>();
    if (fingerprintKey().isEmpty()) {
      missing.put(KeyringObject.FINGERPRINT_KEY, names.orElseGet(Fingerprints::generate).text());
    }
    if (state == State.MISSING) {
      missing.put(KeyringObject.KEYS, KeyRing.of(FernetKey.generate()).text());
    }
    var own = Optional.ofNullable(seen.get(place.own()));
    if (own.isPresent()) {
      KeyringObject.set(client, own.get(), missing);
      log.atInfo().addKeyValue("secret", place.own()).log("The key ring was completed; back it up");
    } else {
      KeyringObject.create(client, place.own(), missing);
      log.atInfo().addKeyValue("secret", place.own()).log("The key ring was made; back it up");
    }
    missing.values().forEach(SecretBytes::close);
  }
}
