package dev.llmconfig.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.llmconfig.access.AuditRecord;
import dev.llmconfig.access.AuditRecord.Action;
import dev.llmconfig.access.AuditRecord.Result;
import dev.llmconfig.access.AuditRecord.Via;
import dev.llmconfig.access.AuditTrail;
import dev.llmconfig.access.Tally;
import dev.llmconfig.domain.FieldRules;
import dev.llmconfig.store.Preview;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells who changed what, or was not let: a line of the log, which outlives this process, and a
/// row for the page.
final class Auditing {

  private static final Logger log = LoggerFactory.getLogger("audit");
  private static final int REFUSALS_OF_ONE = 60;
  private static final int REFUSALS = 600;

  /// What is told when it was done. Who signs in is told where that is known, and a chat changes
  /// nothing.
  private static final Set<Action> CHANGES =
      Set.of(
          Action.Create,
          Action.Update,
          Action.Delete,
          Action.Test,
          Action.Import,
          Action.Export,
          Action.Logout);

  /// What people may have put a secret into after all.
  private static final List<String> UNTOLD = List.of("spec.headers", "spec.parameters.extra");

  private final AuditTrail trail;
  private final InstantSource clock;

  /// Whoever knocks at doors all day fills no disk.
  private final Tally refusals;

  Auditing(AuditTrail trail, InstantSource clock, Ticker ticker) {
    this.trail = trail;
    this.clock = clock;
    this.refusals = new Tally(REFUSALS_OF_ONE, REFUSALS, ticker);
  }

  /// @param sent what was understood of the body; of it only names of fields are told
  /// @param actor asked only for what is told, which a read is not
  void tell(
      Route route,
      Door.Knock knock,
      ObjectNode sent,
      Answer answer,
      Supplier<Optional<String>> actor) {
    var action = action(route);
    var done = answer.status() < 400;
    var reason = done ? "" : Wire.object(answer.body().toString()).path("reason").asText();
    var asked =
        done
            ? CHANGES.contains(action) && !onlyTried(route, knock)
            : action != Action.Read || answer.status() == 403 || reason.equals("TokenRejected");
    if (!asked || (!done && refusals.take(knock.visitor().peer()).isPresent())) {
      return;
    }
    var object = object(knock, done ? answer : Answer.done());
    record(
        knock.requestId(),
        new AuditRecord(
            clock.instant(),
            actor.get(),
            knock.visitor().authorization().isEmpty() ? Via.Playground : Via.Api,
            action,
            named(object),
            named(namespace(object, sent)),
            done ? Result.Done : answer.status() < 500 ? Result.Refused : Result.Failed,
            reason,
            knock.visitor().peer(),
            done ? fields(sent, answer.changes()) : List.of()));
  }

  /// As the route itself has read it, for which it was done.
  private static boolean onlyTried(Route route, Door.Knock knock) {
    return Query.parse(knock.query(), route.parameters()).yes("dryRun");
  }

  /// What has become of the spec, where that is known, and else what was sent.
  private static List<AuditRecord.Field> fields(ObjectNode sent, List<Preview.Change> changes) {
    return changes.isEmpty()
        ? sent.propertyStream()
            .map(Map.Entry::getKey)
            .sorted()
            .map(AuditRecord.Field::named)
            .toList()
        : changes.stream().map(Auditing::field).toList();
  }

  private static AuditRecord.Field field(Preview.Change change) {
    return UNTOLD.stream().anyMatch(change.field()::startsWith)
        ? AuditRecord.Field.named(change.field())
        : new AuditRecord.Field(
            change.field(),
            change.from().map(JsonNode::toString),
            change.to().map(JsonNode::toString));
  }

  /// Somebody who is known only now.
  void signedIn(String requestId, Visitor visitor, String actor) {
    record(
        requestId,
        new AuditRecord(
            clock.instant(),
            Optional.of(actor),
            Via.Playground,
            Action.Login,
            "",
            "",
            Result.Done,
            "",
            visitor.peer(),
            List.of()));
  }

  private void record(String requestId, AuditRecord what) {
    var line =
        log.atInfo()
            .addKeyValue("actor", what.actor().orElse("nobody"))
            .addKeyValue("via", what.via())
            .addKeyValue("action", what.action());
    if (!what.object().isEmpty()) {
      line = line.addKeyValue("object", what.object());
    }
    line = line.addKeyValue("result", what.result());
    if (!what.reason().isEmpty()) {
      line = line.addKeyValue("reason", what.reason());
    }
    if (!what.fields().isEmpty()) {
      line =
          line.addKeyValue(
              "fields",
              what.fields().stream().map(AuditRecord.Field::name).collect(Collectors.joining(" ")));
    }
    line.addKeyValue("address", what.address())
        .addKeyValue("requestId", requestId)
        .log("Somebody acted");
    trail.add(what);
  }

  /// What was made is named by the answer alone.
  private static String object(Door.Knock knock, Answer answer) {
    return knock.id().isEmpty()
        ? Wire.object(answer.body().toString()).path("id").asText()
        : knock.id();
  }

  /// Whoever pastes a key where a name belongs, alone or behind a namespace or a key, has not named
  /// anything, and a trail is kept for long.
  private static String named(String text) {
    return IntStream.rangeClosed(0, text.length())
            .filter(at -> at == 0 || ".:".indexOf(text.charAt(at - 1)) >= 0)
            .mapToObj(text::substring)
            .anyMatch(FieldRules::looksLikeAKey)
        ? ""
        : text;
  }

  private static String namespace(String object, ObjectNode sent) {
    var dot = object.indexOf('.');
    return dot > 0 ? object.substring(0, dot) : sent.path("namespace").asText();
  }

  private static Action action(Route route) {
    var path = route.path();
    if (path.equals("/session")) {
      return switch (route.method()) {
        case "POST" -> Action.Login;
        case "DELETE" -> Action.Logout;
        default -> Action.Read;
      };
    }
    return switch (path.substring(path.lastIndexOf('/') + 1)) {
      case "test" -> Action.Test;
      case "chat" -> Action.Chat;
      case "preview" -> Action.Read;
      case "import" -> Action.Import;
      case "export" -> Action.Export;
      default ->
          switch (route.method()) {
            case "GET" -> Action.Read;
            case "DELETE" -> Action.Delete;
            case "POST" -> route.ofAnObject() ? Action.Update : Action.Create;
            default -> Action.Update;
          };
    };
  }
}
