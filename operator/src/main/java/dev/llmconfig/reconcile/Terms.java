package dev.llmconfig.reconcile;

import dev.llmconfig.domain.Connection;
import dev.llmconfig.domain.Header;
import dev.llmconfig.provider.transport.ExtraTrust;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Locale;

/// A digest of everything besides key and endpoint that an answer of the provider depends on, so
/// that a change of it is noticed and proven before it is used. Nothing secret goes in.
final class Terms {

  private static final String PLAIN = "";
  private static final int DIGITS = 16;

  private final MessageDigest digest = sha256();

  private Terms() {}

  static String of(Connection connection, ExtraTrust trust) {
    if (connection.headers().isEmpty()
        && trust.certificates().isEmpty()
        && connection.azureApiVersion().isEmpty()
        && !connection.insecureAllowed()) {
      return PLAIN;
    }
    return new Terms().digested(connection, trust);
  }

  private String digested(Connection connection, ExtraTrust trust) {
    add(connection.insecureAllowed() ? "insecure" : "secure");
    add(connection.azureApiVersion().orElse(""));
    count(connection.headers().size());
    connection.headers().stream()
        .sorted(Comparator.comparing((Header header) -> header.name().toLowerCase(Locale.ROOT)))
        .forEach(header -> {
          add(header.name().toLowerCase(Locale.ROOT));
          add(header.value());
        });
    count(trust.certificates().size());
    trust.certificates().stream()
        .map(certificate -> HexFormat.of().formatHex(Trust.encoded(certificate)))
        .sorted()
        .forEach(this::add);
    return "t-" + HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
  }

  /// With its length before it, so that no two lists of texts look alike.
  private void add(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    count(bytes.length);
    digest.update(bytes);
  }

  private void count(int number) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
