package dev.llmconfig.plan;

import dev.llmconfig.api.EmptyListReason;
import dev.llmconfig.api.VerdictKind;
import dev.llmconfig.catalogue.AllowList;
import dev.llmconfig.catalogue.KeptList;
import dev.llmconfig.catalogue.ListReading;
import dev.llmconfig.catalogue.OfferedIds;
import dev.llmconfig.domain.ModelSelection;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What is kept of the models of a key, and what there is to choose from. Only the list of the key
/// that is in use counts: what a candidate could call is nobody's business before it is proven.
final class KeyLists {

  /// How far the clock of another leader may be ahead.
  private static final Duration SKEW = Duration.ofMinutes(10);

  private final KeyObserved seen;
  private final KeyStanding standing;
  private final Optional<UsedKey> used;
  private final String endpoint;

  /// Whether the provider's words are about the key that is in use, or there is none.
  private final boolean concerned;

  private KeyLists(
      KeyObserved seen,
      KeyStanding standing,
      KeyDecision decision,
      Optional<KeyReport.InUse> inUse) {
    this.seen = seen;
    this.standing = standing;
    this.used = used(seen, decision, inUse);
    this.concerned = used.isPresent() || inUse.isEmpty();
    this.endpoint =
        inUse.map(KeyReport.InUse::endpoint).orElseGet(() -> seen.declared().endpoint().text());
  }

  /// @param inUse once the plan is applied
  static ListPlan of(
      KeyObserved seen,
      KeyStanding standing,
      KeyDecision decision,
      Optional<KeyReport.InUse> inUse) {
    var lists = new KeyLists(seen, standing, decision, inUse);
    var next = lists.next();
    var due = ListSchedule.of(seen, standing, lists.used, next.list());
    var now = due.filter(time -> !time.isAfter(seen.now()));
    return new ListPlan(
        lists.written(next),
        lists.offer(next.list()),
        now.map(_ -> new ListCheck(lists.acceptedBefore(next.list()))),
        due.filter(_ -> now.isEmpty()),
        next.list().map(KeyLists::cutTo).orElseGet(OptionalInt::empty));
  }

  /// What is used from here on and is what is declared, so that what was just heard is about it.
  private static Optional<UsedKey> used(
      KeyObserved seen, KeyDecision decision, Optional<KeyReport.InUse> inUse) {
    return switch (decision) {
      case KeyDecision.Keep _, KeyDecision.Promote _ -> Optional.of(use(seen, inUse));
      case KeyDecision.Keyless(var proven) ->
          proven ? Optional.of(use(seen, inUse)) : Optional.empty();
      case KeyDecision.Unresolved _, KeyDecision.AwaitVerdict _ -> Optional.empty();
    };
  }

  private static UsedKey use(KeyObserved seen, Optional<KeyReport.InUse> inUse) {
    return new UsedKey(
        inUse
            .flatMap(KeyReport.InUse::secret)
            .map(KeyReport.KeySecret::revision)
            .orElse(UsedKey.NO_KEY),
        seen.declared().endpoint().text(),
        seen.terms());
  }

  private KeyFacts next() {
    var held = held();
    return used.map(use -> new KeyFacts(list(held.list(), use), seen.facts().authority()))
        .orElse(held);
  }

  /// With a date that is yet to come nothing would be read until then.
  private KeyFacts held() {
    var held = seen.facts().held().facts();
    var latest = seen.now().plus(SKEW);
    return new KeyFacts(
        held.list().map(list -> list.askedAt().isAfter(latest) ? list.undated() : list),
        held.authority());
  }

  private Optional<ReadList> list(Optional<ReadList> held, UsedKey use) {
    return seen.freshList()
        .filter(KeyLists::counts)
        .map(fresh -> news(held, fresh, use))
        .or(() -> held);
  }

  /// A reading that failed says something only when it is known why it is the last one for a while.
  private static boolean counts(FreshList fresh) {
    return switch (fresh.kind()) {
      case Accepted -> true;
      case Refused -> fresh.forItself() || !(fresh.list() instanceof KeptList.Unread);
      case Transient -> !(fresh.list() instanceof KeptList.Unread);
    };
  }

  private ReadList news(Optional<ReadList> held, FreshList fresh, UsedKey use) {
    // The list of another place is no list of this one.
    var before = held.filter(one -> one.with().endpoint().equals(use.endpoint()));
    var askedAt = fresh.at().truncatedTo(ChronoUnit.SECONDS);
    var next =
        new ReadList(
            before.map(one -> fresh.list().after(one.list())).orElseGet(fresh::list),
            use,
            askedAt,
            refused(fresh));
    return before.filter(one -> stands(one, next, fresh.forItself())).orElse(next);
  }

  /// A check without news leaves it as it is; the status has its date. Where the same answer is
  /// another list, somebody has edited it.
  private static boolean stands(ReadList held, ReadList next, boolean askedForItself) {
    if (held.with().equals(next.with())
        && (next.askedAt().isBefore(held.askedAt())
            || (next.askedAt().equals(held.askedAt()) && next.list().equals(held.list())))) {
      return true;
    }
    return !askedForItself && held.dated() && held.saysTheSameAs(next);
  }

  private Optional<ReadList.Refused> refused(FreshList fresh) {
    return fresh.kind() == VerdictKind.Refused
            && fresh.list() instanceof KeptList.Unread(var reason)
        ? Optional.of(new ReadList.Refused(reason, seen.declared().generation()))
        : Optional.empty();
  }

  private Optional<KeyFacts> written(KeyFacts next) {
    return switch (seen.facts().held()) {
      case HeldFacts.NameTaken _ -> Optional.empty();
      // For what is being deleted nothing new is made.
      case HeldFacts.Absent _ ->
          Optional.of(next).filter(one -> !one.equals(KeyFacts.NONE) && !seen.use().deleting());
      case HeldFacts.Held(var facts, var intact) ->
          Optional.of(next)
              .filter(one -> !one.equals(facts) || (!intact && !one.equals(KeyFacts.NONE)));
    };
  }

  private Optional<Offer> offer(Optional<ReadList> list) {
    var selection = seen.declared().models();
    var declared = selection.additional().stream().map(ModelSelection.Additional::id).toList();
    var allow = new AllowList(selection.allow());
    return reading(selection, list)
        .<Offer>map(reading ->
            switch (OfferedIds.of(seen.declared().provider(), reading, declared, allow)) {
              case OfferedIds.Some(var ids, _) -> new Offer.Some(ids.size());
              case OfferedIds.None(var reason, var sentence, _) -> new Offer.None(reason, sentence);
            })
        .or(() -> declaredAlone(declared, allow));
  }

  private Optional<ListReading> reading(ModelSelection selection, Optional<ReadList> list) {
    var names = new KeyWords(seen.declared()).names();
    if (!selection.discovered()) {
      return Optional.of(new ListReading.Nothing(EmptyListReason.DiscoveryDisabled));
    }
    return list.filter(one -> one.with().endpoint().equals(endpoint))
        .map(ReadList::list)
        .or(this::failure)
        .map(one -> one.reading(names));
  }

  /// Nothing was ever read: what the provider says of the key is the reason, where it says anything
  /// and where that is the key whose models would be shown.
  private Optional<KeptList> failure() {
    return concerned && KeyNotes.rememberedCount(seen).orElse(0) == 0
        ? standing
            .refused()
            .or(standing::weather)
            .<KeptList>map(KeptList.Unread::new)
            .or(() ->
                seen.freshList().map(FreshList::list).filter(one -> one instanceof KeptList.Unread))
        : Optional.empty();
  }

  /// What people declare can be chosen whatever the provider says (traps P13).
  private static Optional<Offer> declaredAlone(List<String> declared, AllowList allow) {
    var models = (int) declared.stream().filter(allow::allows).count();
    return models == 0 ? Optional.empty() : Optional.of(new Offer.Some(models));
  }

  private boolean acceptedBefore(Optional<ReadList> list) {
    return seen.declared().verification().required()
        || list.filter(one -> one.with().equals(used.orElse(null)))
            .filter(one -> one.list() instanceof KeptList.Listed)
            .isPresent();
  }

  private static OptionalInt cutTo(ReadList list) {
    return list.list() instanceof KeptList.Listed(var models, var leftOut) && leftOut > 0
        ? OptionalInt.of(models.size())
        : OptionalInt.empty();
  }
}
