package dev.llmconfig.install;

import dev.llmconfig.crypto.Envelope;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// What `llmconfig encrypt` makes: a key for one object and one endpoint.
final class BoundToken {

  static String of(byte[] ring, String namespace, String name) {
    try (var text = SecretBytes.copyOf(ring);
        var envelope =
            new Envelope(
                Envelope.Purpose.Spec,
                namespace,
                name,
                "https://api.openai.com/v1",
                SecretBytes.taking("sk-in-git-0123456789".getBytes(StandardCharsets.UTF_8)));
        var json = envelope.toJson()) {
      if (!(KeyRing.parse(text) instanceof KeyRing.Parsed.Valid(var keys))) {
        throw new AssertionError("no key ring");
      }
      try (keys) {
        return keys.encrypt(json, Instant.EPOCH);
      }
    }
  }

  /// An object that holds one, and asks nobody whether its key is good.
  static String object(String namespace, String name, String token) {
    return """
    apiVersion: llmconfig.dev/v1alpha1
    kind: ApiKeyConfig
    metadata: {name: %s, namespace: %s}
    spec:
      provider: OpenAI
      encryptedKey: %s
      verification: {mode: Disabled}
      models: {discovery: Disabled}
    """
        .formatted(name, namespace, token);
  }

  private BoundToken() {}
}
