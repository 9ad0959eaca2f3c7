package dev.llmconfig.rest;

import dev.llmconfig.store.Drafts;
import dev.llmconfig.store.SecretReads;
import dev.llmconfig.verify.Verifier;

/// What is done with keys besides storing them.
///
/// @param verifier asks about keys that nobody keeps; its queues are those tests' own
public record KeyTools(Drafts drafts, SecretReads secrets, Verifier verifier) {}
