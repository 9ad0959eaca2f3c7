package dev.llmconfig.plan;

import dev.llmconfig.domain.KeySource;
import java.util.Optional;

/// A key in the annotation that `kubectl apply` leaves on a Secret: it stays there through every
/// rotation (traps K17). It is taken away once for each key: whoever applies the Secret in that way
/// brings it back each time, and is neither fought nor told again.
final class InsecureAnnotation {

  static final String REASON = "InsecureAnnotation";

  private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";

  /// What the status says of it, which is also the memory of what was done.
  private enum Said {
    NOTHING(""),
    TAKEN_AWAY(
        "Secret %1$s came with a key in its annotation %3$s, where it outlives a rotation; the"
            + " annotation is taken away once for each key. Apply the Secret with --server-side, and"
            + " replace the key if others could read it."),
    OUT_OF_REACH(
        "Secret %1$s carries a key in its annotation %3$s, and the operator may not patch it; take it"
            + " away with: kubectl annotate secret %1$s --namespace %2$s %3$s-");

    private final String sentence;

    Said(String sentence) {
      this.sentence = sentence;
    }

    private StatusNote note(KeyObserved seen, String secret) {
      return new StatusNote(
          REASON, sentence.formatted(secret, seen.declared().ref().namespace(), ANNOTATION));
    }
  }

  private InsecureAnnotation() {}

  static Optional<StatusNote> note(KeyObserved seen) {
    return secret(seen)
        .flatMap(secret ->
            Optional.of(says(seen, secret))
                .filter(said -> said != Said.NOTHING)
                .map(said -> said.note(seen, secret)));
  }

  /// Whether it shall be taken away now.
  static boolean due(KeyObserved seen) {
    return seen.exposure() == Exposure.FOUND
        && secret(seen).filter(one -> before(seen, one) != Said.TAKEN_AWAY).isPresent();
  }

  /// Each time that something is done about it, and once where nothing can be.
  static Optional<PlannedEvent> news(KeyObserved seen) {
    var outOfReach =
        seen.exposure() == Exposure.OUT_OF_REACH
            && secret(seen).filter(one -> before(seen, one) != Said.OUT_OF_REACH).isPresent();
    return note(seen)
        .filter(_ -> due(seen) || outOfReach)
        .map(note -> new PlannedEvent(PlannedEvent.Reason.InsecureAnnotation, note.message()));
  }

  private static Said says(KeyObserved seen, String secret) {
    var before = before(seen, secret);
    return switch (seen.exposure()) {
      case NONE -> before == Said.OUT_OF_REACH ? Said.NOTHING : before;
      case FOUND -> Said.TAKEN_AWAY;
      case OUT_OF_REACH -> Said.OUT_OF_REACH;
    };
  }

  /// Of another key nothing was said yet.
  private static Said before(KeyObserved seen, String secret) {
    if (sameKey(seen)) {
      for (var said : Said.values()) {
        if (seen.before().notes().contains(said.note(seen, secret))) {
          return said;
        }
      }
    }
    return Said.NOTHING;
  }

  private static boolean sameKey(KeyObserved seen) {
    return !(seen.resolution() instanceof Resolution.Found(var key, _, _, _))
        || seen.before().revision().filter(key.revision()::equals).isPresent()
        || seen.before().candidate().filter(key.revision()::equals).isPresent();
  }

  private static Optional<String> secret(KeyObserved seen) {
    return seen.declared().source() instanceof KeySource.FromSecret(var secret, _)
        ? Optional.of(secret)
        : Optional.empty();
  }
}
