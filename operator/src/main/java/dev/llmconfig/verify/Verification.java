package dev.llmconfig.verify;

import java.time.Duration;
import java.util.Optional;

/// Somebody wants to know. Wanting the same again changes nothing, so a reconciler may say it every
/// time.
///
/// @param owner who wants it, such as kind, namespace and name; an owner has one subject at a time
/// @param key lends the key for one probe, which wipes it
/// @param request a token of a person's wish for a fresh answer, until one was given
/// @param every how often an accepted key is looked at again; empty for never
public record Verification(
    String owner,
    Subject subject,
    Question question,
    Loan.Lender key,
    History history,
    Optional<String> request,
    Optional<Duration> every) {

  @Override
  public String toString() {
    return "Verification[owner=%s, subject=%s]".formatted(owner, subject);
  }
}
