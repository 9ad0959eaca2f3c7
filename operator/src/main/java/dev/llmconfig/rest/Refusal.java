package dev.llmconfig.rest;

import dev.llmconfig.access.Right;
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
  private final transient Optional<Duration> pause;

  private Refusal(
      ProblemReason reason, String sentence, Optional<Right> right, List<Problem.Field> fields) {
    this(reason, sentence, right, fields, Optional.empty());
  }

  private Refusal(
      ProblemReason reason,
      String sentence,
      Optional<Right> right,
      List<Problem.Field> fields,
      Optional<Duration> pause) {
    super(sentence, null, false, false);
    this.reason = reason;
    this.right = right;
    this.fields = fields;
    this.pause = pause;
  }

  static Refusal tooMany(String sentence, Duration pause) {
    return new Refusal(
        ProblemReason.TooManyRequests, sentence, Optional.empty(), List.of(), Optional.of(pause));
  }

  static Refusal of(ProblemReason reason, String sentence) {
    return new Refusal(reason, sentence, Optional.empty(), List.of());
  }

  /// Everything that is wrong with a query, at once.
  static Refusal parameters(List<Problem.Field> fields) {
    return new Refusal(
        ProblemReason.UnknownParameter, fields.getFirst().message(), Optional.empty(), fields);
  }

  /// Everything that is wrong with a body, at once.
  static Refusal fields(ProblemReason reason, List<Problem.Field> fields) {
    return new Refusal(reason, fields.getFirst().message(), Optional.empty(), fields);
  }

  /// The missing right by name.
  static Refusal forbidden(String who, Right right) {
    var what = right.name().isEmpty() ? "" : " " + right.name();
    var where =
        right.namespace().isEmpty() ? "in any namespace" : "in namespace " + right.namespace();
    return new Refusal(
        ProblemReason.Forbidden,
        "%s may not %s %s%s %s.".formatted(who, right.verb(), right.resource(), what, where),
        Optional.of(right),
        List.of());
  }

  ProblemReason reason() {
    return reason;
  }

  /// How long to wait before it is worth another try.
  Optional<Duration> pause() {
    return pause;
  }

  /// Of the roles that are shipped the one with the least in it.
  private static String remedy(Right right) {
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
        right.map(Refusal::remedy).orElse(reason.action()),
        requestId,
        fields.isEmpty() ? null : fields,
        right.map(Right::verb).orElse(null),
        right.map(Right::qualifiedResource).orElse(null),
        right.map(Right::namespace).filter(name -> !name.isEmpty()).orElse(null),
        null);
  }
}
