package dev.llmconfig.domain;

import java.util.Optional;

/// What people ask for by annotation. Any new value is a request; whether it is new is told by what
/// the status says was handled, and no clocks are compared.
///
/// @param verify ask the provider again, now
/// @param retry try the revision that failed again
/// @param approved the revision that policy Manual may roll
/// @param dryRun report what would be done, and do nothing
public record ModelRequests(
    Optional<String> verify, Optional<String> retry, Optional<String> approved, boolean dryRun) {}
