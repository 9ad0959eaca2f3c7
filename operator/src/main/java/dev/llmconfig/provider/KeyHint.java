package dev.llmconfig.provider;

import dev.llmconfig.api.Provider;
import dev.llmconfig.crypto.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Tells from its beginning when a key looks like one of another provider. It warns, and nothing is
/// ever refused for it: providers change how their keys look without telling anybody.
public final class KeyHint {

  private KeyHint() {}

  public static Optional<Note> of(Provider provider, SecretBytes key) {
    String text = key.use(bytes -> new String(bytes, StandardCharsets.ISO_8859_1));
    return Arrays.stream(Provider.values())
        .flatMap(other -> prefixes(other, text))
        .max(Comparator.comparingInt(found -> found.getKey().length()))
        .filter(_ -> !provider.keyPrefixes().isEmpty())
        .filter(found -> prefixes(provider, text).noneMatch(own -> same(own, found)))
        .map(found ->
            new Note(
                "LooksLikeAnotherProvider",
                "This looks like a key of %s, not of %s.".formatted(found.getValue(), provider)));
  }

  /// Two providers may share a prefix; then neither is more likely.
  private static boolean same(Map.Entry<String, Provider> own, Map.Entry<String, Provider> found) {
    return own.getKey().length() >= found.getKey().length();
  }

  private static Stream<Map.Entry<String, Provider>> prefixes(Provider provider, String text) {
    return provider.keyPrefixes().stream()
        .filter(text::startsWith)
        .map(prefix -> Map.entry(prefix, provider));
  }
}
