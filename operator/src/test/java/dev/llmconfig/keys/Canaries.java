package dev.llmconfig.keys;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Keys that nobody else has, and a search for them: for any eight characters in a row of a secret
/// part, plain, reversed, URL-encoded, in hex or in base64 at any offset. A few passes over a text,
/// whatever the number of keys.
public final class Canaries {

  /// What is not found is no piece of a key: the four characters that a mask shows are not.
  static final int RUN = 8;

  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/";
  private static final int SECRET = 40;

  /// Of the base64 of eight bytes, the characters that depend on nothing behind them.
  private static final int BASE64 = 10;

  private final Random random;
  private final List<String> secrets = new ArrayList<>();
  private final Map<Integer, Set<String>> pieces = new TreeMap<>();

  public Canaries(long seed) {
    this.random = new Random(seed);
  }

  /// A new one; what it begins with is public.
  public String key(String prefix) {
    var secret = new StringBuilder();
    for (int at = 0; at < SECRET; at++) {
      secret.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    watch(secret.toString());
    return prefix + secret;
  }

  /// Looks for this from now on, too.
  public void watch(String secret) {
    secrets.add(secret);
    for (int at = 0; at + RUN <= secret.length(); at++) {
      forms(secret.substring(at, at + RUN))
          .forEach(form -> pieces.computeIfAbsent(form.length(), _ -> new HashSet<>()).add(form));
    }
  }

  public List<String> secrets() {
    return List.copyOf(secrets);
  }

  /// How many places of the text look like a piece of a secret.
  public long in(String text) {
    var found = 0L;
    for (var sameLength : pieces.entrySet()) {
      int length = sameLength.getKey();
      for (int at = 0; at + length <= text.length(); at++) {
        if (sameLength.getValue().contains(text.substring(at, at + length))) {
          found++;
        }
      }
    }
    return found;
  }

  /// Hex is kept whole: eight digits of it are in too many hashes by chance.
  static Stream<String> forms(String piece) {
    var bytes = piece.getBytes(StandardCharsets.UTF_8);
    var hex = HexFormat.of().formatHex(bytes);
    return Stream.of(
        piece,
        new StringBuilder(piece).reverse().toString(),
        URLEncoder.encode(piece, StandardCharsets.UTF_8).substring(0, RUN),
        hex,
        hex.toUpperCase(Locale.ROOT),
        Base64.getEncoder().encodeToString(bytes).substring(0, BASE64),
        Base64.getUrlEncoder().encodeToString(bytes).substring(0, BASE64));
  }
}
