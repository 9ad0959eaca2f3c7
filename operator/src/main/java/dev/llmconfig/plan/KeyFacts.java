package dev.llmconfig.plan;

import java.util.Optional;

/// What was found out about a key that is in use, and what is in no other object: kept in the
/// cluster, so that every replica has it and nobody asks again. Nothing of it is secret.
///
/// @param authority the certificates that the key was accepted with, as PEM
public record KeyFacts(Optional<ReadList> list, Optional<String> authority) {

  static final KeyFacts NONE = new KeyFacts(Optional.empty(), Optional.empty());
}
