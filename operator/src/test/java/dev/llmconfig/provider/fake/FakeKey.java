package dev.llmconfig.provider.fake;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The key that came with a request.
record FakeKey(String header, String value) {

  static final List<String> HEADERS =
      List.of("authorization", "x-api-key", "x-goog-api-key", "api-key");

  static Optional<FakeKey> in(MultiMap headers) {
    return HEADERS.stream()
        .flatMap(name -> headers.getAll(name).stream().map(value -> new FakeKey(name, bare(value))))
        .findFirst();
  }

  private static String bare(String value) {
    return value.startsWith("Bearer ") ? value.substring(7) : value;
  }

  String id() {
    return id(value);
  }

  static String id(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// Puts pieces of the key where an answer quotes it.
  String quotedIn(String text) {
    return text.replace("{KEY}", value)
        .replace("{HEAD8}", head(8))
        .replace("{HEAD2}", head(2))
        .replace("{TAIL4}", tail(4))
        .replace("{TAIL2}", tail(2));
  }

  private String head(int length) {
    return value.substring(0, Math.min(length, value.length()));
  }

  private String tail(int length) {
    return value.substring(Math.max(0, value.length() - length));
  }

  @Override
  public String toString() {
    return "FakeKey[" + header + " " + id() + "]";
  }
}
