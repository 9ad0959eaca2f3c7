package dev.llmconfig.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Looks for eight characters in a row of a key's secret part, in every form it could have got out
/// in.
public final class Canary {

  private static final int RUN = 8;

  private Canary() {}

  /// Fails when a piece of the key is found.
  ///
  /// @param secret the part of the key after its public prefix
  public static void assertNothingOf(String secret, String text) {
    IntStream.rangeClosed(0, secret.length() - RUN)
        .mapToObj(at -> secret.substring(at, at + RUN))
        .flatMap(Canary::forms)
        .forEach(piece -> assertThat(text).doesNotContain(piece));
  }

  private static Stream<String> forms(String piece) {
    byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
    return Stream.of(
        piece,
        new StringBuilder(piece).reverse().toString(),
        URLEncoder.encode(piece, StandardCharsets.UTF_8),
        Base64.getEncoder().withoutPadding().encodeToString(bytes),
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }
}
