package dev.llmconfig.plan;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What to do about one ApiKeyConfig.
///
/// @param secret the managed Secret, only when it must be written
/// @param dropsSecret whether the managed Secret must go, because no key is declared any more
/// @param sealed what is done after that to the SealedSecret of the key
/// @param strips whether the annotation that holds a key must go from the Secret of the user
/// @param facts what was found out and is kept, only when it must be written
/// @param list whether the provider is asked for its list of models now
/// @param check what the provider is asked; empty where nobody may ask
/// @param nextLook when time alone changes the plan
public record KeyPlan(
    Optional<ManagedSecret> secret,
    boolean dropsSecret,
    SealedStep sealed,
    boolean strips,
    Optional<KeyFacts> facts,
    Optional<KeyCheck> check,
    Optional<ListCheck> list,
    KeyReport report,
    List<PlannedEvent> events,
    Optional<Instant> nextLook) {

  public KeyPlan {
    events = List.copyOf(events);
  }
}
