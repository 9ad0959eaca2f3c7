package dev.llmconfig.rest;

import dev.llmconfig.store.Drafts;
import dev.llmconfig.store.Encryption;
import dev.llmconfig.store.Imports;
import dev.llmconfig.store.Sealing;
import dev.llmconfig.store.SecretReads;
import dev.llmconfig.verify.Verifier;

/// What is done with keys besides storing them.
///
/// @param verifier asks about keys that nobody keeps; its queues are those tests' own
/// @param sealing what an export seals with
public record KeyTools(
    Drafts drafts,
    SecretReads secrets,
    Encryption encryption,
    Sealing sealing,
    Imports imports,
    Verifier verifier) {}
