package dev.llmconfig.plan;

import dev.llmconfig.crypto.KeyId;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.ApiKey;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// All that is known about one key when it is decided what to do.
///
/// @param sealed what the source asks to be done to the SealedSecret of the key
/// @param terms a digest of everything besides key and endpoint that an answer depends on: headers,
///   certificates, API version; empty where there is nothing of the kind
/// @param encryptsWith the first key of the ring; empty without a ring
/// @param use who needs it, and whether somebody wants it gone
/// @param exposure whether the Secret of the user carries it where it should not be
public record KeyObserved(
    ApiKey declared,
    Resolution resolution,
    SealedStep sealed,
    String terms,
    HeldKey held,
    Remembered before,
    Optional<KeyAnswer> answer,
    FactsSeen facts,
    KeyUse use,
    Exposure exposure,
    Optional<KeyId> encryptsWith,
    Instant now)
    implements AutoCloseable {

  /// With what was heard from the provider.
  public KeyObserved hearing(Optional<KeyAnswer> heard, Optional<FreshList> list) {
    return with(heard, facts.hearing(list), exposure);
  }

  /// With what the annotations of the Secret of the user turned out to hold.
  public KeyObserved exposed(Exposure found) {
    return with(answer, facts, found);
  }

  private KeyObserved with(Optional<KeyAnswer> answer, FactsSeen facts, Exposure exposure) {
    return new KeyObserved(
        declared,
        resolution,
        sealed,
        terms,
        held,
        before,
        answer,
        facts,
        use,
        exposure,
        encryptsWith,
        now);
  }

  /// What was heard, where anybody may ask at all.
  Optional<KeyAnswer> heard() {
    return declared.verification().required() && mayBeUsed() ? answer : Optional.empty();
  }

  /// What was heard of its models, where anybody may ask at all.
  Optional<FreshList> freshList() {
    return mayBeUsed() ? facts.fresh() : Optional.empty();
  }

  /// Neither suspended nor expired: nothing is asked about such a key, and nothing puts it into
  /// use. For one that is being deleted nothing new is made, only what it holds goes on.
  boolean mayBeUsed() {
    return !declared.suspended()
        && !expired()
        && !(use.deleting() && held instanceof HeldKey.Absent);
  }

  boolean expired() {
    return declared.expiresAt().filter(end -> !end.isAfter(now)).isPresent();
  }

  /// Wipes every key that was read for it; a plan made of it can be applied no longer.
  @Override
  public void close() {
    keys().forEach(SecretBytes::close);
  }

  /// Every key that was read for it.
  public Stream<SecretBytes> keys() {
    var keys = Stream.<SecretBytes>builder();
    if (resolution instanceof Resolution.Found(var key, _, _, _)) {
      keys.add(key.bytes());
    }
    if (held instanceof HeldKey.Held(var current, var previous, _)) {
      keys.add(current.key().bytes());
      previous.flatMap(HeldKey.Previous::opened).map(HeldKey.Previous.Opened::key).ifPresent(keys);
    }
    return keys.build();
  }
}
