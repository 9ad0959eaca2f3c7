package dev.llmconfig.plan;

import dev.llmconfig.crypto.KeyId;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.plan.ManagedSecret.Ciphertext;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// The two slots of the managed Secret: what they hold next.
final class HeldSlots {

  private HeldSlots() {}

  /// A new key comes into use, and the one before it stays usable for the grace period. A new place
  /// for the same key replaces nothing.
  static ManagedSecret promoted(KeyObserved seen, ResolvedKey key) {
    // The same key at a new place keeps its name, also when the fingerprint key was lost.
    var current =
        new ManagedSecret.Slot(
            seen.held() instanceof HeldKey.Held(var slot, _, _)
                    && slot.key().bytes().equals(key.bytes())
                ? slot.revision()
                : key.revision(),
            seen.declared().endpoint().text(),
            seen.terms(),
            new Ciphertext.ToEncrypt(key.bytes()));
    return secret(
        seen,
        key,
        current,
        seen.held() instanceof HeldKey.Held held ? replaced(seen, held, key) : Optional.empty());
  }

  /// What is done to held keys whatever becomes of their source: a previous key leaves when its
  /// time is over, and ciphertext of an older key of the ring is made anew, because that key may
  /// only be dropped when nothing needs it.
  static Optional<ManagedSecret> tended(KeyObserved seen) {
    if (!(seen.held() instanceof HeldKey.Held held)) {
      return Optional.empty();
    }
    var previous = usable(seen, held).map(one -> previous(seen, one));
    var current = current(seen, held.current());
    var leaves = held.previous().isPresent() && previous.isEmpty();
    var renewed = isNew(current) || previous.filter(one -> isNew(one.slot())).isPresent();
    return leaves || renewed || !held.intact()
        ? Optional.of(secret(seen, held.current().key(), current, previous))
        : Optional.empty();
  }

  private static Optional<ManagedSecret.Previous> replaced(
      KeyObserved seen, HeldKey.Held held, ResolvedKey by) {
    if (held.current().key().bytes().equals(by.bytes())) {
      return usable(seen, held).map(one -> previous(seen, one));
    }
    var grace = seen.declared().gracePeriod();
    return grace.isZero()
        ? Optional.empty()
        : Optional.of(
            new ManagedSecret.Previous(
                current(seen, held.current()),
                seen.now().plus(grace).truncatedTo(ChronoUnit.SECONDS)));
  }

  private static Optional<HeldKey.Previous> usable(KeyObserved seen, HeldKey.Held held) {
    return held.previous().filter(previous -> previous.usableUntil().isAfter(seen.now()));
  }

  private static ManagedSecret.Slot current(KeyObserved seen, HeldKey.Slot slot) {
    return new ManagedSecret.Slot(
        slot.revision(),
        slot.endpoint(),
        slot.terms(),
        ciphertext(seen, slot.token(), slot.key().bytes(), slot.by()));
  }

  private static ManagedSecret.Previous previous(KeyObserved seen, HeldKey.Previous one) {
    return new ManagedSecret.Previous(
        new ManagedSecret.Slot(
            one.revision(),
            one.endpoint(),
            "",
            one.opened()
                .map(opened -> ciphertext(seen, one.token(), opened.key(), opened.by()))
                .orElseGet(() -> new Ciphertext.Kept(one.token()))),
        one.usableUntil());
  }

  /// Encryption is randomised, so what is good is passed on as it is (traps K20).
  private static Ciphertext ciphertext(KeyObserved seen, String token, SecretBytes key, KeyId by) {
    return seen.encryptsWith().filter(first -> !first.equals(by)).isPresent()
        ? new Ciphertext.ToEncrypt(key)
        : new Ciphertext.Kept(token);
  }

  private static boolean isNew(ManagedSecret.Slot slot) {
    return slot.ciphertext() instanceof Ciphertext.ToEncrypt;
  }

  private static ManagedSecret secret(
      KeyObserved seen,
      ResolvedKey key,
      ManagedSecret.Slot current,
      Optional<ManagedSecret.Previous> previous) {
    return new ManagedSecret(
        seen.declared().ref(),
        seen.declared().provider().name(),
        current,
        key.fingerprint(),
        previous);
  }
}
