package dev.llmconfig.plan;

import dev.llmconfig.crypto.KeyId;
import dev.llmconfig.domain.ApiKey;
import java.time.Instant;
import java.util.Optional;

/// All that is known about one key when it is decided what to do.
///
/// @param encryptsWith the first key of the ring; empty without a ring
public record KeyObserved(
    ApiKey declared,
    Resolution resolution,
    HeldKey held,
    Optional<KeyId> encryptsWith,
    Instant now) {}
