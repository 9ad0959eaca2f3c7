package dev.llmconfig.rest;

import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.Opening;
import dev.llmconfig.mirror.HeldToken;
import dev.llmconfig.mirror.KeyRow;
import dev.llmconfig.mirror.MirrorView;
import dev.llmconfig.mirror.Stored;
import dev.llmconfig.rest.shape.Status.Check;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Whether the older keys of the ring are still needed. There is nothing to tell of a ring of one.
record Reencryption(KeyRing ring) {

  private static final String NAME = "Reencryption";

  Optional<Check> of(MirrorView view) {
    if (ring.ids().size() < 2) {
      return Optional.empty();
    }
    var older = keys(view, ring::needsOlder);
    if (older > 0) {
      return Optional.of(
          new Check(
              NAME,
              false,
              "Older encryption keys are still needed for %d stored keys; keep them until those are encrypted anew."
                  .formatted(older)));
    }
    var closed = keys(view, token -> !opens(token));
    return Optional.of(
        closed > 0
            ? new Check(
                NAME,
                false,
                "None of the given encryption keys opens %d stored keys; enter those again, or give the key that they were encrypted with."
                    .formatted(closed))
            : new Check(
                NAME,
                true,
                "Every stored key is encrypted with the first encryption key; the others can be left out."));
  }

  private static long keys(MirrorView view, Predicate<String> sign) {
    return view.keys().stream().map(Stored::row).filter(row -> tokens(row).anyMatch(sign)).count();
  }

  private static Stream<String> tokens(KeyRow row) {
    return Stream.concat(
            Stream.of(row.current(), row.previous())
                .flatMap(Optional::stream)
                .map(HeldToken::token),
            Stream.of(Wire.object(row.declared().spec()).path("encryptedKey").asText()))
        .filter(token -> !token.isEmpty());
  }

  private boolean opens(String token) {
    if (ring.open(token) instanceof Opening.Opened(var plaintext, _)) {
      plaintext.close();
      return true;
    }
    return false;
  }
}
