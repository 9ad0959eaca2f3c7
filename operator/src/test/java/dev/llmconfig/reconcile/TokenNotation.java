package dev.llmconfig.reconcile;

import dev.llmconfig.crypto.Envelope;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.Opening;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.crypto.TokenContent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Writes tokens in golden files the way a person reads them: `token(store team/x https://… sk-… by
/// k1)`. Going in, they are encrypted for real; coming out, they are opened again.
final class TokenNotation {

  private static final Pattern TOKEN =
      Pattern.compile(
          "token\\((?<purpose>spec|store) (?<namespace>[^/ ]+)/(?<name>[^ ]+) (?<endpoint>[^ ]+) (?<key>[^ )]+) by (?<ring>[a-z0-9]+)\\)");
  private static final Pattern BARE =
      Pattern.compile("token\\(bare (?<key>[^ )]+) by (?<ring>[a-z0-9]+)\\)");
  private static final Pattern FERNET = Pattern.compile("gAAAAA[A-Za-z0-9_=-]{60,}");
  private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");

  private final Map<String, KeyRing> rings;

  TokenNotation(Map<String, KeyRing> rings) {
    this.rings = Map.copyOf(rings);
  }

  String encrypted(String yaml) {
    return replaced(BARE, replaced(TOKEN, yaml, this::envelope), this::bare);
  }

  String readable(String yaml) {
    return replaced(FERNET, yaml, match -> opened(match.group()));
  }

  private static String replaced(
      Pattern pattern, String text, java.util.function.Function<MatchResult, String> by) {
    return pattern.matcher(text).replaceAll(by);
  }

  private String envelope(MatchResult match) {
    var purpose =
        match.group("purpose").equals("spec") ? Envelope.Purpose.Spec : Envelope.Purpose.Store;
    try (var envelope =
            new Envelope(
                purpose,
                match.group("namespace"),
                match.group("name"),
                match.group("endpoint"),
                bytes(match.group("key")));
        var json = envelope.toJson()) {
      return ring(match.group("ring")).encrypt(json, MADE);
    }
  }

  private String bare(MatchResult match) {
    return ring(match.group("ring")).encrypt(bytes(match.group("key")), MADE);
  }

  private KeyRing ring(String name) {
    var ring = rings.get(name);
    if (ring == null) {
      throw new IllegalArgumentException("no ring " + name + " in " + rings.keySet());
    }
    return ring;
  }

  private String opened(String token) {
    for (var ring : rings.entrySet()) {
      if (ring.getValue().open(token) instanceof Opening.Opened(var plaintext, _)) {
        var by = " by " + ring.getKey() + ")";
        return switch (TokenContent.read(plaintext)) {
          case TokenContent.Bound(var envelope) ->
              "token(%s %s/%s %s %s"
                      .formatted(
                          envelope.purpose() == Envelope.Purpose.Spec ? "spec" : "store",
                          envelope.namespace(),
                          envelope.name(),
                          envelope.endpoint(),
                          text(envelope.key()))
                  + by;
          case TokenContent.Bare(var key) -> "token(bare " + text(key) + by;
          case TokenContent.Unreadable(var why) -> "token(unreadable: " + why + by;
        };
      }
    }
    return "token(of an unknown key)";
  }

  private static SecretBytes bytes(String text) {
    return SecretBytes.taking(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(SecretBytes bytes) {
    return bytes.use(raw -> new String(raw, StandardCharsets.UTF_8));
  }
}
