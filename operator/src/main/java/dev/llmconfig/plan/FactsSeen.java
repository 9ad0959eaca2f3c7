package dev.llmconfig.plan;

import java.util.Optional;

/// What is known of the models of a key when it is decided what to do.
///
/// @param unwritable why nothing can be kept, in a sentence, where the API server has just said so
/// @param authority the certificates that are declared now, as PEM
public record FactsSeen(
    HeldFacts held,
    Optional<String> unwritable,
    Optional<FreshList> fresh,
    Optional<String> authority) {

  FactsSeen hearing(Optional<FreshList> heard) {
    return new FactsSeen(held, unwritable, heard, authority);
  }
}
