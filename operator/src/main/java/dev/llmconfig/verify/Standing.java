package dev.llmconfig.verify;

import java.util.Optional;

/// Where a verification stands.
///
/// @param verdict the last one of this process, if any
/// @param pending whether an answer is still to come: the first, or the one to the owner's request
public record Standing(Optional<Verdict> verdict, boolean pending) {}
