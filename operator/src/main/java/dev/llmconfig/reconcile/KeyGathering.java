package dev.llmconfig.reconcile;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.plan.HeldKey;
import dev.llmconfig.plan.KeyObserved;
import dev.llmconfig.plan.Resolution;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Instant;
import java.util.Optional;

/// All that a plan for a key is made of.
final class KeyGathering {

  private static final String NO_RING =
      "The key ring of this installation is missing; restore its Secret from the backup. Agents keep what they have.";

  private final KeySources sources;

  KeyGathering(KeySources sources) {
    this.sources = sources;
  }

  KeyObserved observe(
      ApiKey key, Optional<Secret> managed, Optional<Encryption> encryption, Instant now) {
    return encryption
        .map(using ->
            new KeyObserved(
                key,
                sources.read(key, using),
                HeldKeys.read(key, managed, using),
                Optional.of(using.ring().first()),
                now))
        .orElseGet(() -> withoutRing(key, managed, now));
  }

  private static KeyObserved withoutRing(ApiKey key, Optional<Secret> managed, Instant now) {
    return new KeyObserved(
        key,
        new Resolution.Unusable(ConditionReason.KeyRingMissing, NO_RING),
        managed
            .map(one -> HeldKeys.unopened(one, ConditionReason.KeyRingMissing, NO_RING))
            .orElseGet(HeldKey.Absent::new),
        Optional.empty(),
        now);
  }
}
