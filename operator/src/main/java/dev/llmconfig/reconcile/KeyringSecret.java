package dev.llmconfig.reconcile;

import dev.llmconfig.api.Labels;
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
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The Secret of the installation: its fingerprint key, and its encryption keys where none were
/// given. It is made once, with a bare create, and never anew over data that an older one
/// encrypted.
public final class KeyringSecret implements Encryptions {

  private static final Logger log = LoggerFactory.getLogger(KeyringSecret.class);

  static final String TYPE = "llmconfig.dev/key-ring";
  static final String KEYS = "keys";
  static final String FINGERPRINT_KEY = "fingerprint-key";

  private final KubernetesClient client;
  private final Ref ref;
  private final Optional<KeyRing> given;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final AtomicReference<Optional<Encryption>> loaded =
      new AtomicReference<>(Optional.empty());
  private volatile Optional<String> uid = Optional.empty();

  /// @param given the ring of the environment; without one the Secret holds it
  public KeyringSecret(KubernetesClient client, Ref ref, Optional<KeyRing> given) {
    this.client = client;
    this.ref = ref;
    this.given = given;
  }

  @Override
  public Optional<Encryption> current() {
    return loaded.get();
  }

  @Override
  public Subscription onChange(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /// The operator's own namespace.
  String home() {
    return ref.namespace();
  }

  /// The Secret as events name it: nothing but its identity. Empty while it is not there.
  Optional<Secret> reference() {
    return uid.map(known ->
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(ref.namespace())
            .withName(ref.name())
            .withUid(known)
            .endMetadata()
            .build());
  }

  /// Follows the Secret from now on, so that neither a rotation nor a restored ring needs a
  /// restart.
  public Subscription watch() {
    var informer =
        client.secrets().inNamespace(ref.namespace()).withName(ref.name()).runnableInformer(0);
    informer.addEventHandler(new Following());
    informer.exceptionHandler((_, _) -> true);
    var _ = informer.start();
    return informer::stop;
  }

  /// A text that does not parse leaves in force what was read before.
  private void read() {
    stored().ifPresent(this::take);
  }

  private void take(Secret secret) {
    uid = Optional.ofNullable(secret.getMetadata().getUid());
    if (!missing(Optional.of(secret)).isEmpty()) {
      return; // made, but not complete yet
    }
    var taken = parsed(secret);
    if (taken.isEmpty()) {
      log.atError()
          .addKeyValue("secret", ref)
          .log("The key ring does not parse and is not taken; correct it, or restore the backup");
    } else if (!same(taken.get())) {
      loaded.set(taken);
      log.atInfo()
          .addKeyValue("secret", ref)
          .addKeyValue("encrypts", taken.get().ring().first())
          .log("The key ring was read");
      listeners.forEach(Runnable::run);
    }
  }

  private boolean same(Encryption other) {
    return current()
        .filter(one -> one.ring().ids().equals(other.ring().ids()))
        .filter(one -> one.installation().equals(other.installation()))
        .isPresent();
  }

  /// Without the Secret nothing is encrypted or opened, so that it is noticed while the backup is
  /// still at hand. A ring of the environment goes on: only the fingerprint key is lost, and that
  /// one is still in memory.
  private void gone() {
    uid = Optional.empty();
    log.atWarn()
        .addKeyValue("secret", ref)
        .log("The Secret of the key ring is gone; restore it from the backup");
    if (given.isEmpty()) {
      loaded.set(Optional.empty());
      listeners.forEach(Runnable::run);
    }
  }

  private final class Following implements ResourceEventHandler<Secret> {
    @Override
    public void onAdd(Secret secret) {
      take(secret);
    }

    @Override
    public void onUpdate(Secret before, Secret after) {
      take(after);
    }

    @Override
    public void onDelete(Secret secret, boolean unknown) {
      gone();
    }
  }

  /// Makes what is missing, unless something encrypted is there that a new ring could never open.
  void readOrMake(BooleanSupplier somethingEncrypted, WritePermission permission) {
    read();
    var secret = stored();
    if (current().isPresent() && secret.isPresent()) {
      return;
    }
    var missing = missing(secret);
    if (missing.containsKey(KEYS) && somethingEncrypted.getAsBoolean()) {
      log.atWarn()
          .addKeyValue("secret", ref)
          .addKeyValue("reason", "KeyRingMissing")
          .log("The key ring is missing and encrypted keys exist; restore it from the backup");
      return;
    }
    if (missing.isEmpty()) {
      return; // it does not parse, which was said when it was read
    }
    permission.check();
    try {
      if (secret.isPresent()) {
        complete(secret.get(), missing);
      } else {
        create(missing);
      }
    } catch (KubernetesClientException failed) {
      if (failed.getCode() != 409) {
        throw failed;
      }
      // Another replica was first; its ring is ours.
    }
    read();
  }

  private Optional<Secret> stored() {
    return Optional.ofNullable(
        client.secrets().inNamespace(ref.namespace()).withName(ref.name()).get());
  }

  private Map<String, SecretBytes> missing(Optional<Secret> secret) {
    var missing = new TreeMap<String, SecretBytes>();
    if (secret.isEmpty() || data(secret.get(), FINGERPRINT_KEY).isEmpty()) {
      // One that is still in memory is put back: with another one every revision would change.
      missing.put(
          FINGERPRINT_KEY,
          current().map(Encryption::fingerprints).orElseGet(Fingerprints::generate).text());
    }
    if (given.isEmpty() && (secret.isEmpty() || data(secret.get(), KEYS).isEmpty())) {
      missing.put(KEYS, KeyRing.of(FernetKey.generate()).text());
    }
    return missing;
  }

  private void create(Map<String, SecretBytes> data) {
    client
        .secrets()
        .inNamespace(ref.namespace())
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(ref.namespace())
                .withName(ref.name())
                .withLabels(Map.of(Labels.MANAGED_BY, Labels.OPERATOR))
                .endMetadata()
                .withType(TYPE)
                .withData(encoded(data))
                .build())
        .create();
    log.atInfo().addKeyValue("secret", ref).log("The key ring was made; back it up");
  }

  private void complete(Secret secret, Map<String, SecretBytes> data) {
    client.secrets().resource(new SecretBuilder(secret).addToData(encoded(data)).build()).update();
    log.atInfo().addKeyValue("secret", ref).log("The key ring was completed; back it up");
  }

  private static Map<String, String> encoded(Map<String, SecretBytes> data) {
    var encoded = new TreeMap<String, String>();
    data.forEach(
        (name, bytes) -> encoded.put(name, bytes.use(Base64.getEncoder()::encodeToString)));
    return encoded;
  }

  private Optional<Encryption> parsed(Secret secret) {
    return data(secret, FINGERPRINT_KEY)
        .flatMap(Fingerprints::parse)
        .flatMap(names -> ring(secret).map(ring -> new Encryption(ring, names)));
  }

  private Optional<KeyRing> ring(Secret secret) {
    return given.or(() ->
        data(secret, KEYS)
            .map(bytes -> KeyRing.parse(SecretBytes.taking(bytes)))
            .flatMap(parsed ->
                parsed instanceof KeyRing.Parsed.Valid(var ring)
                    ? Optional.of(ring)
                    : Optional.empty()));
  }

  private static Optional<byte[]> data(Secret secret, String key) {
    return Optional.ofNullable(secret.getData())
        .map(all -> all.get(key))
        .filter(base64 -> !base64.isEmpty())
        .map(Base64.getDecoder()::decode);
  }
}
