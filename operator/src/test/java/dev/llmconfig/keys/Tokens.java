package dev.llmconfig.keys;

import dev.llmconfig.api.SealingScope;
import dev.llmconfig.cli.RunningOperator;
import dev.llmconfig.crypto.Envelope;
import dev.llmconfig.crypto.Opening;
import dev.llmconfig.crypto.SealingCertificate;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.crypto.TokenContent;
import dev.llmconfig.testing.ControlPlane;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/// Keys as they lie in Git: encrypted or sealed.
///
/// @param ring the encryption key they are made with
record Tokens(ControlPlane plane, String ring) {

  /// What `llmconfig encrypt` makes for an object and a place.
  String bound(String namespace, String name, String place, String key) {
    try (var envelope =
            new Envelope(
                Envelope.Purpose.Spec, namespace, name, place, SecretBytes.taking(bytes(key)));
        var json = envelope.toJson()) {
      return encrypted(json);
    }
  }

  /// What any Fernet library makes.
  String bare(String key) {
    try (var plaintext = SecretBytes.taking(bytes(key))) {
      return encrypted(plaintext);
    }
  }

  /// What `llmconfig seal` makes for the ApiKeyConfig of this name.
  String sealed(String name, String key) {
    if (!(SealingCertificate.read(plane.sealedSecrets().certificate(), Instant.now())
        instanceof SealingCertificate.Read.Usable(var box))) {
      throw new AssertionError("the certificate of the controller cannot be used");
    }
    try (var plaintext = SecretBytes.taking(bytes(key))) {
      return box.seal(plaintext, SealingScope.Strict, plane.namespace(), name + "-sealed");
    }
  }

  /// The key in a managed Secret, opened as the operator would.
  String opened(Secret managed, String entry) {
    var token =
        new String(
            Base64.getDecoder().decode(managed.getData().get(entry)), StandardCharsets.US_ASCII);
    try (var keys = RunningOperator.ring(ring)) {
      if (keys.open(token) instanceof Opening.Opened(var plaintext, _)
          && TokenContent.read(plaintext) instanceof TokenContent.Bound(var envelope)) {
        return envelope.key().use(bytes -> new String(bytes, StandardCharsets.UTF_8));
      }
    }
    throw new AssertionError("the token " + entry + " does not open");
  }

  private String encrypted(SecretBytes plaintext) {
    try (var keys = RunningOperator.ring(ring)) {
      return keys.encrypt(plaintext, Instant.EPOCH);
    }
  }

  private static byte[] bytes(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }
}
