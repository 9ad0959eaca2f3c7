package dev.llmconfig.plan;

import dev.llmconfig.api.VerdictKind;
import dev.llmconfig.api.VerdictReason;
import java.time.Instant;
import java.util.Optional;

/// What this process heard last from the provider about the key in question, at the place in
/// question.
///
/// @param request the wish of a person that was answered last
public record KeyAnswer(
    VerdictReason reason,
    VerdictKind kind,
    Instant at,
    Optional<String> requestId,
    Optional<String> request) {}
