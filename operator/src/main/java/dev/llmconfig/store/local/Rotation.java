package dev.llmconfig.store.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.Opening;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.store.local.Ledger.Kind;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/// Makes every token anew that an older key of the ring still opens, each in a transaction of its
/// own: whoever is interrupted goes on where it stopped.
public final class Rotation {

  private static final String SPEC = "spec";
  private static final String TOKEN = "encryptedKey";

  private final LocalObjects objects;
  private final KeyRing ring;
  private final InstantSource clock;

  public Rotation(LocalObjects objects, KeyRing ring, InstantSource clock) {
    this.objects = objects;
    this.ring = ring;
    this.clock = clock;
  }

  /// How many objects held a token of an older key.
  public int run() {
    var renewed = 0;
    for (var kind : List.of(Kind.ApiKeyConfig, Kind.Secret)) {
      for (var ref : objects.look(shelf -> shelf.refs(kind))) {
        renewed += objects.change(desk -> renewed(desk, kind, ref)) ? 1 : 0;
      }
    }
    return renewed;
  }

  /// Whether the first key opens everything, so that the others are not needed.
  public boolean settled() {
    return objects.look(shelf ->
        Stream.concat(
                shelf.trees(Kind.ApiKeyConfig).stream()
                    .map(key -> key.path(SPEC).path(TOKEN).asText()),
                shelf.trees(Kind.Secret).stream()
                    .flatMap(secret -> secret.path("data").valueStream())
                    .map(value -> decoded(value.asText())))
            .filter(token -> !token.isEmpty())
            .allMatch(this::onFirst));
  }

  private boolean onFirst(String token) {
    if (ring.open(token) instanceof Opening.Opened(var plaintext, var by)) {
      plaintext.close();
      return by.equals(ring.first());
    }
    return false;
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.US_ASCII);
  }

  private boolean renewed(LocalObjects.Desk desk, Kind kind, Ref ref) {
    var object = desk.tree(kind, ref);
    var changed =
        object
            .filter(one -> kind == Kind.Secret ? data(one) : token(one.path(SPEC), TOKEN))
            .isPresent();
    if (changed) {
      desk.put(kind, object.orElseThrow());
    }
    return changed;
  }

  private boolean token(Object node, String field) {
    if (!(node instanceof ObjectNode fields) || !ring.needsOlder(fields.path(field).asText())) {
      return false;
    }
    fields.put(field, anew(fields.path(field).asText()));
    return true;
  }

  private boolean data(ObjectNode secret) {
    var changed = false;
    if (secret.path("data") instanceof ObjectNode data) {
      for (var entry : List.copyOf(data.properties())) {
        var token =
            new String(
                Base64.getDecoder().decode(entry.getValue().asText()), StandardCharsets.US_ASCII);
        if (ring.needsOlder(token)) {
          data.put(
              entry.getKey(),
              Base64.getEncoder().encodeToString(anew(token).getBytes(StandardCharsets.US_ASCII)));
          changed = true;
        }
      }
    }
    return changed;
  }

  private String anew(String token) {
    if (ring.open(token) instanceof Opening.Opened(var plaintext, _)) {
      try (plaintext) {
        return ring.encrypt(plaintext, clock.instant());
      }
    }
    throw new IllegalStateException("it was opened a moment ago");
  }
}
