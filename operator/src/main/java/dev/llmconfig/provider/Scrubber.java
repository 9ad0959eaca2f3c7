package dev.llmconfig.provider;

import dev.llmconfig.crypto.SecretBytes;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes a provider's message fit to be shown to the person who asked for a test (providers.md 4).
/// Nothing else may ever show it.
final class Scrubber {

  private static final int LONGEST_SHOWN = 300;

  /// What is cut off before the work begins: a message may be megabytes long.
  private static final int LONGEST_READ = 4096;

  /// Of a shorter key, six characters would be much.
  private static final int SHORTEST_KEY = 20;

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

  private static final Pattern WORD = Pattern.compile("\\S+");
  private static final int STARS_OF_A_MASK = 3;

  /// The dots of a mask stand next to what they leave out.
  private static final Pattern ELLIPSIS =
      Pattern.compile("[\\p{L}\\p{N}](?:…|\\.\\.\\.)|(?:…|\\.\\.\\.)[\\p{L}\\p{N}]");

  private static final Pattern CREDENTIAL =
      Pattern.compile(
          "(?i:bearer|basic)\\s+\\S+"
              + "|(?i:api[_-]?key|key|token|secret|authorization)[\"']?\\s*[:=]\\s*[\"']?\\S+"
              + "|\\beyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_.-]+"
              + "|\\b(?:sk-|gsk_|xai-|fw_|pplx-|AIza|AQ\\.|bedrock-api-key-|ABSK)[A-Za-z0-9_-]{4,}"
              + "|[A-Za-z0-9+/_=-]{32,}");

  private static final Pattern IDENTITY =
      Pattern.compile(
          "[\\w.+-]{1,64}@[\\w-]+(?:\\.[\\w-]+)+"
              + "|\\borg-[A-Za-z0-9]+|\\bproj_[A-Za-z0-9]+"
              + "|(?i:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

  private final boolean mute;
  private final Echoes echoes;

  private Scrubber(boolean mute, Echoes echoes) {
    this.mute = mute;
    this.echoes = echoes;
  }

  static Scrubber of(Optional<SecretBytes> key, Echoes echoes) {
    return new Scrubber(key.filter(k -> k.length() < SHORTEST_KEY).isPresent(), echoes);
  }

  Optional<String> scrubbed(String message) {
    if (mute) {
      return Optional.empty();
    }
    String text = message.substring(0, Math.min(message.length(), LONGEST_READ));
    text = CONTROL.matcher(text).replaceAll(" ");
    text = echoes.removed(text, "[key]");
    text = WORD.matcher(text).replaceAll(word -> unmasked(word.group()));
    text = IDENTITY.matcher(text).replaceAll("[id]");
    text = CREDENTIAL.matcher(text).replaceAll("[credential]");
    text = cut(text.strip());
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  /// Masked keys show head and tail, so the whole word goes.
  private static String unmasked(String word) {
    boolean masked =
        word.chars().filter(c -> c == '*').count() >= STARS_OF_A_MASK
            || ELLIPSIS.matcher(word).find();
    return masked ? "[key]" : Matcher.quoteReplacement(word);
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST_SHOWN) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST_SHOWN - 1)) ? 1 : 0;
    return text.substring(0, LONGEST_SHOWN - end);
  }
}
