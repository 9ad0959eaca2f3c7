/// Fernet with a ring of keys, keyed fingerprints, masks and sealing for Sealed Secrets: bytes in,
/// bytes out, with no server, no clock and no environment. May not import the Kubernetes client or
/// `domain`.
@NullMarked
package dev.llmconfig.crypto;

import org.jspecify.annotations.NullMarked;
