package dev.llmconfig.reconcile;

import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.plan.PlannedEvent;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What still needs an older key of the ring, as far as this term has looked. When nothing does, it
/// is said once for each change of the ring, because that key may only be dropped then. A term that
/// found nothing of the kind has nothing to say.
final class OlderKeys {

  private static final Logger log = LoggerFactory.getLogger(OlderKeys.class);

  private final Encryptions encryptions;
  private final Supplier<Secret> ringSecret;
  private final EventWriter events;

  private @Nullable Encryption under;
  private final Map<Ref, Boolean> needing = new HashMap<>();
  private boolean found;
  private boolean told;

  /// @param ringSecret what the event is about
  OlderKeys(Encryptions encryptions, Supplier<Secret> ringSecret, EventWriter events) {
    this.encryptions = encryptions;
    this.ringSecret = ringSecret;
    this.events = events;
  }

  /// After a key was worked on.
  ///
  /// @param used what it was worked on with
  /// @param before its managed Secret
  /// @param after the same, as it is now
  /// @param all every key there is
  void looked(
      ApiKeyConfig key,
      Optional<Encryption> used,
      Optional<Secret> before,
      Optional<Secret> after,
      Supplier<Stream<Ref>> all,
      Instant now) {
    if (used.isPresent()) {
      var ring = used.get().ring();
      var needs = needs(key, after, ring);
      if (done(ref(key), used.get(), needs || needs(key, before, ring), needs, all)) {
        tell(ring, now);
      }
    }
  }

  /// After it was seen that a key goes, or is gone.
  void gone(Ref key, Supplier<Stream<Ref>> others, Instant now) {
    var ring = encryptions.current().map(Encryption::ring);
    if (ring.isPresent() && doneWithout(key, others)) {
      tell(ring.get(), now);
    }
  }

  /// Whether this was the last one. A look with a ring that is no longer in force counts for
  /// nothing.
  synchronized boolean done(
      Ref key, Encryption used, boolean needed, boolean needs, Supplier<Stream<Ref>> all) {
    if (encryptions.current().filter(used::equals).isEmpty()) {
      return false;
    }
    if (!used.equals(under)) {
      under = used;
      needing.clear();
      found = false;
      told = false;
    }
    needing.put(key, needs);
    found |= needed;
    return done(all);
  }

  synchronized boolean doneWithout(Ref key, Supplier<Stream<Ref>> others) {
    needing.remove(key);
    return done(() -> others.get().filter(other -> !other.equals(key)));
  }

  private boolean done(Supplier<Stream<Ref>> all) {
    var last = found && !told && all.get().allMatch(key -> Boolean.FALSE.equals(needing.get(key)));
    told |= last;
    return last;
  }

  private void tell(KeyRing ring, Instant now) {
    var first = ring.first();
    log.atInfo().addKeyValue("encrypts", first).log("Nothing needs an older encryption key");
    events.write(
        ringSecret.get(),
        new PlannedEvent(
            PlannedEvent.Reason.ReencryptionDone,
            "Everything is encrypted with key %s of the ring; the older ones can be dropped."
                .formatted(first)),
        now);
  }

  /// Found by trying, whatever became of the object otherwise: also a key that is suspended, or
  /// whose spec is wrong in another place, is lost with the key that opens it.
  private static boolean needs(ApiKeyConfig key, Optional<Secret> managed, KeyRing ring) {
    return Stream.concat(
            Stream.ofNullable(key.getSpec())
                .flatMap(spec -> Stream.ofNullable(spec.getEncryptedKey())),
            managed.stream()
                .flatMap(secret ->
                    Stream.of(ManagedNames.CURRENT, ManagedNames.PREVIOUS)
                        .map(slot -> HeldKeys.text(secret, slot))))
        .anyMatch(ring::needsOlder);
  }

  static Ref ref(HasMetadata object) {
    return new Ref(object.getMetadata().getNamespace(), object.getMetadata().getName());
  }
}
