package dev.llmconfig.plan;

import dev.llmconfig.crypto.SecretBytes;

/// A key in hand, and the names it goes by: the revision and the fingerprint change when the key
/// does.
public record ResolvedKey(SecretBytes bytes, String revision, String fingerprint, String masked) {}
