package dev.llmconfig.access;

import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Words that sign one person in once, on the machine where they are told: each is good for one use
/// within ten minutes.
public final class LocalLogin {

  static final Duration GOOD_FOR = Duration.ofMinutes(10);
  private static final int MOST = 4;
  private static final int BYTES = 32;

  private final Caller as;
  private final Ticker ticker;
  private final SecureRandom random = new SecureRandom();
  private final List<Word> words = new ArrayList<>();

  /// As it is sent, so that comparing takes the same time wherever the difference is.
  @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
  private record Word(byte[] text, long until) {}

  /// @param as who one is with such a word
  public LocalLogin(Caller as, Ticker ticker) {
    this.as = as;
    this.ticker = ticker;
  }

  /// A new word, beside those that are still good; the oldest goes when there are too many.
  public synchronized String next() {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    var text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    if (words.size() == MOST) {
      words.removeFirst();
    }
    words.add(
        new Word(text.getBytes(StandardCharsets.US_ASCII), ticker.read() + GOOD_FOR.toNanos()));
    return text;
  }

  /// Whether it is one of them, and has half of its time left.
  public synchronized boolean lasting(String word) {
    var half = GOOD_FOR.dividedBy(2).toNanos();
    var bytes = word.getBytes(StandardCharsets.UTF_8);
    return words.stream()
        .anyMatch(
            one -> MessageDigest.isEqual(one.text(), bytes) && one.until() - ticker.read() > half);
  }

  /// Who comes with it, if it was one of them; it is none from now on.
  public synchronized Optional<Caller> spend(String said) {
    words.removeIf(word -> word.until() - ticker.read() < 0);
    var sent = said.getBytes(StandardCharsets.UTF_8);
    return words.removeIf(word -> MessageDigest.isEqual(word.text(), sent))
        ? Optional.of(as)
        : Optional.empty();
  }
}
