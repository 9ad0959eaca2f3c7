package dev.llmconfig.plan;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.EmptyListReason;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.VerdictReason;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// What is worth knowing about a key and changes nothing. Notes are also the memory of events that
/// are told once.
final class KeyNotes {

  /// How long before its end a key is warned about, and how that is said.
  enum Warning {
    TWO_WEEKS(Duration.ofDays(14), "within 14 days"),
    A_DAY(Duration.ofDays(1), "within a day");

    private final Duration before;
    private final String words;

    Warning(Duration before, String words) {
      this.before = before;
      this.words = words;
    }

    Instant from(Instant end) {
      return end.minus(before);
    }
  }

  static final String EXPIRES_SOON = "KeyExpiresSoon";
  static final String USES_OLD_KEY = "TokenUsesOldKey";

  static final String LIST_CUT = "ListCut";

  private KeyNotes() {}

  static List<StatusNote> of(KeyObserved seen, KeyDecision decision, ListPlan lists) {
    return Stream.of(
            expiresSoon(seen),
            usesOldKey(seen),
            sealedSecretKept(seen, decision),
            InsecureAnnotation.note(seen),
            emptyList(seen, lists),
            listCut(lists),
            notKept(seen))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<StatusNote> expiresSoon(KeyObserved seen) {
    return seen.declared()
        .expiresAt()
        .filter(end -> end.isAfter(seen.now()))
        .flatMap(end ->
            Stream.of(Warning.A_DAY, Warning.TWO_WEEKS)
                .filter(warning -> !warning.from(end).isAfter(seen.now()))
                .findFirst()
                .map(warning ->
                    new StatusNote(
                        EXPIRES_SOON,
                        "The key expires %s, on %s; put a new key into its source, and set a later expiresAt."
                            .formatted(
                                warning.words, end.atOffset(ZoneOffset.UTC).toLocalDate()))));
  }

  /// We never write a spec, so only a person can end this.
  private static Optional<StatusNote> usesOldKey(KeyObserved seen) {
    return seen.resolution() instanceof Resolution.Found(_, _, _, var by)
            && by.isPresent()
            && seen.encryptsWith().filter(by.get()::equals).isEmpty()
        ? Optional.of(
            new StatusNote(
                USES_OLD_KEY,
                "spec.encryptedKey was made with an older encryption key; make it again with `llmconfig"
                    + " encrypt` before that key is dropped."))
        : Optional.empty();
  }

  /// Nobody wrote that object by hand, so somebody may wonder.
  private static Optional<StatusNote> sealedSecretKept(KeyObserved seen, KeyDecision decision) {
    return seen.sealed() instanceof SealedStep.Retire
            && !(SealedStep.due(seen, decision) instanceof SealedStep.Delete)
        ? Optional.of(
            new StatusNote(
                StatusNote.SEALED_SECRET_KEPT,
                "SealedSecret %s stays until the key of the new source is in use."
                    .formatted(ManagedNames.unsealedSecret(seen.declared().ref().name()))))
        : Optional.empty();
  }

  /// An empty list always has its reason (traps P13).
  private static Optional<StatusNote> emptyList(KeyObserved seen, ListPlan lists) {
    return lists
        .offer()
        .map(offer ->
            switch (offer) {
              case Offer.None(var reason, var sentence) ->
                  Optional.of(new StatusNote(reason, sentence));
              case Offer.Some _ -> Optional.<StatusNote>empty();
            })
        .orElseGet(() -> remembered(seen));
  }

  /// How many models there were, as long as nobody changed what is asked for.
  static OptionalInt rememberedCount(KeyObserved seen) {
    return seen.before().generation() == seen.declared().generation()
        ? seen.before().modelCount()
        : OptionalInt.empty();
  }

  private static Optional<StatusNote> remembered(KeyObserved seen) {
    return rememberedCount(seen).orElse(-1) == 0
        ? seen.before().notes().stream().filter(KeyNotes::tellsOfAnEmptyList).findFirst()
        : Optional.empty();
  }

  private static boolean tellsOfAnEmptyList(StatusNote note) {
    return Stream.<Enum<?>[]>of(EmptyListReason.values(), VerdictReason.values())
        .flatMap(Arrays::stream)
        .anyMatch(reason -> reason.name().equals(note.reason()));
  }

  private static Optional<StatusNote> listCut(ListPlan lists) {
    return lists.cutTo().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new StatusNote(
                LIST_CUT,
                "The provider lists more than the %d models that are kept; declare those you need in models.additional."
                    .formatted(lists.cutTo().getAsInt())));
  }

  /// Other replicas have no list then, and a restart asks once more; the key works all the same.
  private static Optional<StatusNote> notKept(KeyObserved seen) {
    return seen.facts().held() instanceof HeldFacts.NameTaken(var message)
        ? Optional.of(new StatusNote(ConditionReason.NameTaken.name(), message))
        : seen.facts()
            .unwritable()
            .map(message -> new StatusNote(ConditionReason.Forbidden.name(), message));
  }
}
