package dev.llmconfig.impact;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Annotations;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/// A Secret with digests in place of its values: enough to see whether a value changes, and all
/// that is held of it.
final class SecretDigests {

  private static final String DIGESTS = "digests";

  /// One of which nothing is known.
  static final Secret NOT_KNOWN =
      new SecretBuilder().withNewMetadata().withName("").endMetadata().build();

  private SecretDigests() {}

  static ObjectNode withoutKeys(ObjectNode object) {
    if (!object.path("kind").asText().equals(Kinds.SECRET) || object.has(DIGESTS)) {
      return object;
    }
    var bare = JsonNodeFactory.instance.objectNode();
    bare.set("kind", object.path("kind"));
    // Any other annotation can hold what was applied, keys included.
    bare.putObject("metadata")
        .put("namespace", object.path("metadata").path("namespace").asText())
        .put("name", object.path("metadata").path("name").asText());
    var endpoints =
        object.path("metadata").path("annotations").path(Annotations.ALLOWED_ENDPOINTS).asText();
    if (!endpoints.isEmpty()) {
      bare.withObjectProperty("metadata")
          .putObject("annotations")
          .put(Annotations.ALLOWED_ENDPOINTS, endpoints);
    }
    var digests = bare.putObject(DIGESTS);
    object
        .path("data")
        .properties()
        .forEach(entry -> digests.put(entry.getKey(), digest(decoded(entry.getValue().asText()))));
    object
        .path("stringData")
        .properties()
        .forEach(entry ->
            digests.put(
                entry.getKey(),
                digest(entry.getValue().asText().getBytes(StandardCharsets.UTF_8))));
    return bare;
  }

  /// Values that are not mentioned stay.
  static ObjectNode over(Optional<ObjectNode> live, ObjectNode manifest) {
    var bare = withoutKeys(manifest);
    return live.map(there -> Merge.apply(there, JsonNodeFactory.instance.objectNode(), bare))
        .orElse(bare);
  }

  /// Of one value, or of all where none is named.
  static String of(ObjectNode secret, String dataKey) {
    return (dataKey.isEmpty() ? secret.path(DIGESTS) : secret.path(DIGESTS).path(dataKey))
        .toString();
  }

  /// What the owner says about it.
  static Secret said(ObjectNode secret) {
    var meta = secret.path("metadata");
    return new SecretBuilder()
        .withNewMetadata()
        .withName(meta.path("name").asText())
        .addToAnnotations(Annotations.ALLOWED_ENDPOINTS, endpoints(secret))
        .endMetadata()
        .build();
  }

  static String endpoints(ObjectNode secret) {
    return secret.path("metadata").path("annotations").path(Annotations.ALLOWED_ENDPOINTS).asText();
  }

  static boolean has(ObjectNode secret, String dataKey) {
    return dataKey.isEmpty() ? !secret.path(DIGESTS).isEmpty() : secret.path(DIGESTS).has(dataKey);
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException _) {
      // The API server will refuse it.
      return base64.getBytes(StandardCharsets.UTF_8);
    }
  }

  private static String digest(byte[] value) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
