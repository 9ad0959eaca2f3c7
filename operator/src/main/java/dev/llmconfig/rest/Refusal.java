package dev.llmconfig.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.access.Right;
import dev.llmconfig.domain.FieldRules;
import dev.llmconfig.rest.shape.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Ends a request with a problem. The sentence is ours and repeats nothing that was sent.
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;
  static final String TYPES = "https://llmconfig.dev/problems/";

  private final ProblemReason reason;
  private final transient Optional<Right> right;
  private final transient List<Problem.Field> fields;
  private final transient More more;

  /// What some refusals tell besides.
  sealed interface More {

    record Nothing() implements More {}

    /// The object as it is now.
    record Current(ObjectNode object) implements More {}

    record Git(String owner, String yaml) implements More {}

    record Owned(String manager, List<String> fields) implements More {
      public Owned {
        fields = List.copyOf(fields);
      }
    }

    record Secret(String name) implements More {}

    record Command(String text) implements More {}

    /// When it can be tried again.
    record Pause(Duration time) implements More {}

    record Configs(List<String> ids) implements More {
      public Configs {
        ids = List.copyOf(ids);
      }
    }
  }

  private Refusal(
      ProblemReason reason,
      String sentence,
      Optional<Right> right,
      List<Problem.Field> fields,
      More more) {
    super(sentence, null, false, false);
    this.reason = reason;
    this.right = right;
    this.fields = fields;
    this.more = more;
  }

  static Refusal tooMany(String sentence, Duration pause) {
    return of(ProblemReason.TooManyRequests, sentence, new More.Pause(pause));
  }

  static Refusal of(ProblemReason reason, String sentence) {
    return of(reason, sentence, new More.Nothing());
  }

  static Refusal of(ProblemReason reason, String sentence, More more) {
    return new Refusal(reason, sentence, Optional.empty(), List.of(), more);
  }

  /// Everything that is wrong with a query, at once.
  static Refusal parameters(List<Problem.Field> fields) {
    return new Refusal(
        ProblemReason.UnknownParameter,
        fields.getFirst().message(),
        Optional.empty(),
        fields,
        new More.Nothing());
  }

  /// Everything that is wrong with a body, at once.
  static Refusal fields(ProblemReason reason, List<Problem.Field> fields) {
    return new Refusal(
        reason, fields.getFirst().message(), Optional.empty(), fields, new More.Nothing());
  }

  /// The missing right by name.
  static Refusal forbidden(String who, Right asked) {
    var right = withoutKeys(asked);
    var what = right.name().isEmpty() ? "" : " " + right.name();
    var where =
        right.namespace().isEmpty() ? "in any namespace" : "in namespace " + right.namespace();
    return new Refusal(
        ProblemReason.Forbidden,
        "%s may not %s %s%s %s.".formatted(who, right.verb(), right.resource(), what, where),
        Optional.of(right),
        List.of(),
        new More.Nothing());
  }

  /// The same for a Secret that somebody wants to have used.
  static Refusal unreadable(String who, Right asked) {
    var right = withoutKeys(asked);
    return new Refusal(
        ProblemReason.SecretNotReadable,
        "%s may not %s Secret %s in namespace %s."
            .formatted(who, right.verb(), right.name(), right.namespace()),
        Optional.of(right),
        List.of(),
        new More.Nothing());
  }

  /// Whoever pastes a key where a name belongs has not named anything.
  private static Right withoutKeys(Right right) {
    return right.in(named(right.namespace())).called(named(right.name()));
  }

  private static String named(String text) {
    return FieldRules.looksLikeAKey(text) ? "(a key)" : text;
  }

  /// The same of one part of what was sent, and with what became of the rest.
  Refusal of(String place, String rest) {
    var where = place.isEmpty() ? "" : "At %s: ".formatted(place);
    return new Refusal(
        reason,
        where + getMessage() + " " + rest,
        right,
        fields.stream()
            .map(one ->
                new Problem.Field(
                    place.isEmpty() ? one.field() : place + ": " + one.field(),
                    one.reason(),
                    one.message()))
            .toList(),
        more);
  }

  ProblemReason reason() {
    return reason;
  }

  /// How long to wait before it is worth another try.
  Optional<Duration> pause() {
    return more instanceof More.Pause(var time) ? Optional.of(time) : Optional.empty();
  }

  /// Of the roles that are shipped the one with the least in it.
  private static String remedy(Right right) {
    if (right.resource().equals("secrets")) {
      return "Ask for that right in namespace %s; no role of this product has it."
          .formatted(right.namespace());
    }
    if (!right.group().equals(Right.OURS)) {
      return "Ask for %s on %s in namespace %s."
          .formatted(right.verb(), right.qualifiedResource(), right.namespace());
    }
    var role =
        switch (right.verb()) {
          case "get", "list", "watch" -> "llmconfig-view";
          case "use" ->
              right.resource().equals("modelconfigs") ? "llmconfig-chat" : "llmconfig-edit";
          default -> "llmconfig-edit";
        };
    return right.namespace().isEmpty()
        ? "Ask for the role %s in a namespace.".formatted(role)
        : "Ask for the role %s in namespace %s.".formatted(role, right.namespace());
  }

  Problem problem(String requestId) {
    return new Problem(
        TYPES + reason,
        reason.title(),
        reason.status(),
        String.valueOf(getMessage()),
        reason.name(),
        right
            .filter(_ -> reason == ProblemReason.Forbidden)
            .map(Refusal::remedy)
            .orElse(reason.action()),
        requestId,
        fields.isEmpty() ? null : fields,
        right.map(Right::verb).orElse(null),
        right.map(Right::qualifiedResource).orElse(null),
        right.map(Right::namespace).filter(name -> !name.isEmpty()).orElse(null),
        null,
        more instanceof More.Current(var object) ? object : null,
        more instanceof More.Git(var owner, _) ? owner : null,
        more instanceof More.Git(_, var yaml) ? yaml : null,
        more instanceof More.Owned(var manager, _) ? manager : null,
        more instanceof More.Owned(_, var owned) ? owned : null,
        more instanceof More.Secret(var name) ? name : null,
        more instanceof More.Configs(var ids) ? ids : null,
        more instanceof More.Command(var text) ? text : null);
  }
}
