package dev.llmconfig.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.Opening;
import dev.llmconfig.crypto.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// Signed-in browsers. A token is in its browser's cookie alone, sealed, so that every replica
/// takes it and none remembers it; a kubeconfig's identity never leaves the process, and the cookie
/// holds the number of a session.
public final class Sessions {

  private static final Duration LONGEST = Duration.ofHours(12);
  private static final String LABEL = "session";
  private static final int MOST_LOCAL = 100;

  /// More than can be begun in the time for which they are remembered.
  private static final int MOST_ENDED = 20_000;

  private final Supplier<Optional<KeyRing>> ring;
  private final InstantSource clock;

  /// For where there is no ring: sessions end with the process.
  private final KeyRing own = KeyRing.of(FernetKey.generate());

  /// Of the ring that was here last. While it is away, nobody is signed out for it: these keys open
  /// sessions and nothing else.
  private volatile KeyRing last = own;

  private final Cache<String, Boolean> local;

  /// Of those without a cluster, until they would have ended by themselves.
  private final Cache<String, Boolean> ended;

  /// What a browser keeps.
  ///
  /// @param sealed what to set as cookie
  public record Begun(String sealed, Instant end) {
    @Override
    public String toString() {
      return "a session until " + end;
    }
  }

  public record Open(Caller caller, Instant end) {}

  /// @param ring that of the installation, as it is now
  public Sessions(Supplier<Optional<KeyRing>> ring, InstantSource clock, Ticker ticker) {
    this.ring = ring;
    this.clock = clock;
    this.local = numbers(MOST_LOCAL, ticker);
    this.ended = numbers(MOST_ENDED, ticker);
  }

  private static Cache<String, Boolean> numbers(int most, Ticker ticker) {
    return Caffeine.newBuilder().maximumSize(most).expireAfterWrite(LONGEST).ticker(ticker).build();
  }

  /// Ends with its caller's credentials, or after twelve hours.
  public Begun begin(Caller caller) {
    var longest = clock.instant().plus(LONGEST);
    return switch (caller) {
      case Caller.Token token -> {
        var end = token.claims().expiresAt().filter(longest::isAfter).orElse(longest);
        yield sealed('t', end, token.text());
      }
      case Caller.LocalKubeconfig _ -> {
        var number = UUID.randomUUID().toString();
        local.put(number, true);
        yield sealed('l', longest, number);
      }
      // Its ring is its own, so the seal says enough, also after another start.
      case Caller.NameOnly _ -> throw new IllegalArgumentException("a proxy has its own sessions");
      case Caller.Standalone _ -> sealed('s', longest, UUID.randomUUID().toString());
    };
  }

  /// Empty for what nobody sealed here, and for what has ended.
  public Optional<Open> open(String sealed) {
    return opened(sealed, sessionRing()).or(() -> opened(sealed, own)).flatMap(this::read);
  }

  /// A sealed token cannot be taken back, so its browser forgets it; of the others the number is
  /// known, without a cluster by this process alone.
  public void end(String sealed) {
    opened(sealed, sessionRing())
        .or(() -> opened(sealed, own))
        .ifPresent(text -> {
          switch (text.charAt(0)) {
            case 'l' -> local.invalidate(content(text));
            case 's' -> ended.put(content(text), true);
            default -> {}
          }
        });
  }

  private Begun sealed(char kind, Instant end, String content) {
    var text = kind + Long.toString(end.getEpochSecond()) + ":" + content;
    try (var bytes = SecretBytes.taking(text.getBytes(StandardCharsets.UTF_8))) {
      return new Begun(
          sessionRing().encrypt(bytes, clock.instant()),
          Instant.ofEpochSecond(end.getEpochSecond()));
    }
  }

  private KeyRing sessionRing() {
    ring.get().ifPresent(keys -> last = keys.derived(LABEL));
    return last;
  }

  private static Optional<String> opened(String sealed, KeyRing keys) {
    return switch (keys.open(sealed)) {
      case Opening.Opened(var plaintext, var _) -> {
        try (plaintext) {
          yield Optional.of(plaintext.use(bytes -> new String(bytes, StandardCharsets.UTF_8)));
        }
      }
      case Opening.Refused() -> Optional.empty();
    };
  }

  private Optional<Open> read(String text) {
    var end = Instant.ofEpochSecond(Long.parseLong(text.substring(1, text.indexOf(':'))));
    if (!clock.instant().isBefore(end)) {
      return Optional.empty();
    }
    var content = content(text);
    return switch (text.charAt(0)) {
      case 't' -> Optional.of(new Open(Caller.token(content), end));
      case 'l' ->
          local.getIfPresent(content) == null
              ? Optional.empty()
              : Optional.of(new Open(new Caller.LocalKubeconfig(), end));
      case 's' ->
          ended.getIfPresent(content) == null
              ? Optional.of(new Open(new Caller.Standalone(), end))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static String content(String text) {
    return text.substring(text.indexOf(':') + 1);
  }
}
