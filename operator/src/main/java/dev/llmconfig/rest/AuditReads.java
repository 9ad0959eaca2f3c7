package dev.llmconfig.rest;

import dev.llmconfig.access.Access;
import dev.llmconfig.access.AuditRecord;
import dev.llmconfig.access.AuditTrail;
import dev.llmconfig.access.Reach;
import dev.llmconfig.access.Right;
import dev.llmconfig.api.FieldManagers;
import dev.llmconfig.mirror.Change;
import dev.llmconfig.mirror.MirrorView;
import dev.llmconfig.mirror.ObjectKind;
import dev.llmconfig.rest.shape.AuditEntry;
import dev.llmconfig.rest.shape.Problem;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who did what: here, and past this API as the mirror has seen it.
final class AuditReads {

  static final List<String> SORTABLE = List.of("at");
  private static final int MOST = 10_000;

  /// Clocks of one machine differ by nothing, and rows come in their own time.
  private static final Duration SOON = Duration.ofSeconds(10);

  /// A finalizer may hold an object for so long.
  private static final Duration UNTIL_GONE = Duration.ofMinutes(10);

  private static final Set<String> OURS =
      Set.of(FieldManagers.OPERATOR, FieldManagers.PLAYGROUND, FieldManagers.PLAYGROUND_ACTION);

  /// As many digits for each, so that texts are ordered as times are.
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final Listing.Order<AuditEntry> ORDER =
      new Listing.Order<>(AuditEntry::id, Map.of("at", AuditEntry::at), "-at");

  private final Access access;
  private final AuditTrail trail;
  private final Installation installation;
  private final MirrorAnswers answers;

  AuditReads(Parts parts, MirrorAnswers answers) {
    this.access = parts.access();
    this.trail = parts.audit();
    this.installation = parts.installation();
    this.answers = answers;
  }

  /// The right to list keys was asked for; to see what was done to configs takes that to list them,
  /// too.
  Answer list(Asked asked) {
    var places = asked.query().all("namespace");
    var configs =
        access.reach(
            asked.signedIn(),
            Right.of("list", "modelconfigs"),
            () -> places.isEmpty() ? answers.namespaces() : places);
    var from = time(asked.query(), "from", "");
    var to = time(asked.query(), "to", "9");
    var seenBy =
        Wire.object()
            .put("replica", installation.replica())
            .put("since", installation.since().toString());
    Function<MirrorView, List<AuditEntry>> entries =
        view ->
            Stream.concat(own(), others(view))
                .filter(entry -> entry.at().compareTo(from) >= 0)
                .filter(entry -> entry.at().compareTo(to) < 0)
                .filter(entry -> shows(asked, configs, entry))
                .filter(entry -> fits(asked.query(), entry))
                .toList();
    // All of it and not a page: whoever asks for lines keeps them.
    return asked.form() == Form.Lines
        ? answers.lines(view -> sorted(entries.apply(view)))
        : answers.listNow(view ->
            new MirrorAnswers.Rows<>(
                Listing.of(entries.apply(view), ORDER, asked.query()), seenBy));
  }

  private static List<AuditEntry> sorted(List<AuditEntry> entries) {
    return entries.stream()
        .sorted(Comparator.comparing(AuditEntry::at).thenComparing(AuditEntry::id))
        .toList();
  }

  private static String time(Query query, String name, String otherwise) {
    try {
      return query
          .one(name)
          .map(text -> TIME.format(OffsetDateTime.parse(text).toInstant()))
          .orElse(otherwise);
    } catch (DateTimeException _) {
      throw Refusal.parameters(
          List.of(
              new Problem.Field(
                  name,
                  ProblemReason.UnknownParameter.name(),
                  "%s is no time, such as 2026-11-20T12:00:00Z.".formatted(name))));
    }
  }

  /// What belongs to no namespace is for those who see all of them.
  private static boolean shows(Asked asked, Reach configs, AuditEntry entry) {
    var namespace = entry.namespace();
    return namespace == null
        ? asked.reach() instanceof Reach.Everywhere
            && configs instanceof Reach.Everywhere
            && asked.query().all("namespace").isEmpty()
        : asked.shows(namespace) && configs.includes(namespace);
  }

  private static boolean fits(Query query, AuditEntry entry) {
    return query.allows("actor", entry.actor() == null ? "" : entry.actor())
        && query.allows("action", entry.action())
        && query.allows("result", entry.result())
        && query.allows("object", entry.object() == null ? "" : entry.object())
        && Told.found(query, entry.actor(), entry.object(), entry.reason());
  }

  private Stream<AuditEntry> own() {
    return trail.newest(MOST).stream()
        .map(row -> shape(installation.replica() + "-" + row.number(), row.what()));
  }

  private static AuditEntry shape(String id, AuditRecord what) {
    return new AuditEntry(
        id,
        TIME.format(what.at()),
        what.actor().orElse(null),
        what.via().name(),
        what.action().name(),
        Told.unlessEmpty(what.object()),
        Told.unlessEmpty(what.namespace()),
        what.result().name(),
        Told.unlessEmpty(what.reason()),
        Told.unlessEmpty(what.address()),
        what.fields().isEmpty() ? null : what.fields().stream().map(AuditReads::field).toList());
  }

  private static AuditEntry.Field field(AuditRecord.Field what) {
    var told = what.from().isPresent() || what.to().isPresent();
    return new AuditEntry.Field(
        what.name(),
        what.from().map(Wire::node).orElse(null),
        what.to().map(Wire::node).orElse(null),
        told ? null : true);
  }

  /// What the operator writes is no deed, and what this page wrote is told already.
  private Stream<AuditEntry> others(MirrorView view) {
    var told = deletions();
    return view.newestChanges(MOST).stream()
        .filter(change -> change.kind() != ObjectKind.Agent)
        .filter(change -> !OURS.contains(change.manager()))
        .filter(change -> !(nameless(change) && isTold(change, told)))
        .map(AuditReads::shape);
  }

  /// The API server says of a deletion only that it was.
  private static boolean nameless(Change change) {
    return change.operation() == Change.Operation.Delete && change.manager().isEmpty();
  }

  private List<AuditRecord> deletions() {
    return trail.newest(MOST).stream()
        .map(AuditTrail.Numbered::what)
        .filter(one -> one.action() == AuditRecord.Action.Delete)
        .filter(one -> one.result() == AuditRecord.Result.Done)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /// Each of ours stands for one that the mirror has seen, soon after it.
  private static boolean isTold(Change change, List<AuditRecord> told) {
    return told.stream()
        .filter(one -> one.object().equals(Told.id(change.ref())))
        .filter(one -> one.at().minus(SOON).isBefore(change.at()))
        .filter(one -> one.at().plus(UNTIL_GONE).isAfter(change.at()))
        .findFirst()
        .map(told::remove)
        .orElse(false);
  }

  private static AuditEntry shape(Change change) {
    return new AuditEntry(
        "mirror-" + change.seq(),
        TIME.format(change.at()),
        Told.unlessEmpty(change.manager()),
        "Cluster",
        change.operation().name(),
        Told.id(change.ref()),
        change.ref().namespace(),
        AuditRecord.Result.Done.name(),
        null,
        null,
        null);
  }
}
