package dev.llmconfig.provider;

import dev.llmconfig.api.Provider;
import dev.llmconfig.crypto.SecretBytes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Finds pieces of a key in somebody else's text, in every form a key is usually carried in: plain,
/// reversed, URL-encoded, JSON-escaped, base64 at all three offsets, hex. Letter case does not
/// matter. The known prefix of a key is public and not looked for.
final class Echoes {

  /// Six characters in a row that are also in the key are hardly ever there by chance.
  private static final int RUN = 6;

  private static final int BASE64_OFFSETS = 3;

  private final Set<String> runs = new HashSet<>();

  private Echoes(String secret) {
    forms(secret).map(form -> form.toLowerCase(Locale.ROOT)).forEach(this::remember);
  }

  static Echoes of(Optional<SecretBytes> key) {
    return new Echoes(key.map(k -> k.use(Echoes::secretPart)).orElse(""));
  }

  boolean in(String text) {
    return !positions(text).isEmpty();
  }

  /// Whether so many characters in a row are a piece of the key; for texts where a short run may be
  /// chance.
  boolean in(String text, int run) {
    BitSet found = positions(text);
    for (int from = found.nextSetBit(0); from >= 0; ) {
      int to = found.nextClearBit(from);
      if (to - from >= run) {
        return true;
      }
      from = found.nextSetBit(to);
    }
    return false;
  }

  /// The text with every piece of the key replaced.
  String removed(String text, String replacement) {
    BitSet found = positions(text);
    StringBuilder clean = new StringBuilder();
    for (int at = 0; at < text.length(); ) {
      if (found.get(at)) {
        clean.append(replacement);
        at = found.nextClearBit(at);
      } else {
        clean.append(text.charAt(at++));
      }
    }
    return clean.toString();
  }

  private BitSet positions(String text) {
    BitSet found = new BitSet(text.length());
    if (!runs.isEmpty()) {
      String lower = lower(text);
      for (int at = 0; at + RUN <= lower.length(); at++) {
        if (runs.contains(lower.substring(at, at + RUN))) {
          found.set(at, at + RUN);
        }
      }
    }
    return found;
  }

  /// Character by character, so that positions stay those of the text.
  private static String lower(String text) {
    char[] characters = text.toCharArray();
    for (int i = 0; i < characters.length; i++) {
      characters[i] = Character.toLowerCase(characters[i]);
    }
    return new String(characters);
  }

  private void remember(String form) {
    for (int at = 0; at + RUN <= form.length(); at++) {
      runs.add(form.substring(at, at + RUN));
    }
  }

  private static String secretPart(byte[] key) {
    String text = new String(key, StandardCharsets.ISO_8859_1);
    return Arrays.stream(Provider.values())
        .flatMap(provider -> provider.keyPrefixes().stream())
        .filter(text::startsWith)
        .max(Comparator.comparingInt(String::length))
        .map(prefix -> text.substring(prefix.length()))
        .orElse(text);
  }

  private static Stream<String> forms(String secret) {
    if (secret.length() < RUN) {
      return Stream.empty();
    }
    byte[] bytes = secret.getBytes(StandardCharsets.ISO_8859_1);
    Stream<String> plain =
        Stream.of(
            secret,
            new StringBuilder(secret).reverse().toString(),
            URLEncoder.encode(secret, StandardCharsets.UTF_8),
            secret.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/"),
            HexFormat.of().formatHex(bytes));
    return Stream.concat(
        plain,
        Stream.iterate(0, offset -> offset + 1)
            .limit(BASE64_OFFSETS)
            .flatMap(offset -> base64(bytes, offset)));
  }

  /// The characters at both ends mix with what stands beside the key, so they are left out.
  private static Stream<String> base64(byte[] bytes, int offset) {
    byte[] shifted = new byte[offset + bytes.length];
    System.arraycopy(bytes, 0, shifted, offset, bytes.length);
    int whole = shifted.length * 8 / 6;
    int first = offset == 0 ? 0 : offset + 1;
    return Stream.of(Base64.getEncoder(), Base64.getUrlEncoder())
        .map(encoder -> encoder.withoutPadding().encodeToString(shifted).substring(first, whole));
  }
}
