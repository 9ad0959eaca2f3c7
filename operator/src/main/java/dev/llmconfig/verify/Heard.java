package dev.llmconfig.verify;

import java.util.Optional;

/// What was heard so far, without asking.
///
/// @param request the owner's wish that was answered last
public record Heard(Optional<Verdict> verdict, Optional<String> request) {}
