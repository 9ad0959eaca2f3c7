package dev.llmconfig.plan;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// What becomes of the list of models of a key.
///
/// @param facts what is kept from now on, only when it must be written
/// @param offer empty while nobody knows
/// @param check what is to be asked now
/// @param due when there will be something to ask
/// @param cutTo how many models are kept, where there are more
record ListPlan(
    Optional<KeyFacts> facts,
    Optional<Offer> offer,
    Optional<ListCheck> check,
    Optional<Instant> due,
    OptionalInt cutTo) {}
