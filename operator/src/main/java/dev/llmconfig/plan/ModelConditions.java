package dev.llmconfig.plan;

import static dev.llmconfig.plan.ConditionReport.Truth.False;
import static dev.llmconfig.plan.ConditionReport.Truth.True;
import static dev.llmconfig.plan.ConditionReport.Truth.Unknown;
import static dev.llmconfig.plan.ConditionReport.Type.Accepted;
import static dev.llmconfig.plan.ConditionReport.Type.Ready;
import static dev.llmconfig.plan.ConditionReport.Type.Reconciling;
import static dev.llmconfig.plan.ConditionReport.Type.Stalled;
import static dev.llmconfig.plan.ConditionReport.Type.Verified;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.Reason;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.domain.AppliedRevision;
import dev.llmconfig.domain.KeyState;
import dev.llmconfig.plan.Acceptance.Finding;
import dev.llmconfig.plan.ConditionReport.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The conditions of a ModelConfig. `Ready` sums up: a False anywhere makes it False, else an
/// Unknown that matters makes it Unknown. `Reconciling` says that something comes by itself,
/// `Stalled` that a person must act, and both are there only when true.
final class ModelConditions {

  private static final String WAITS = "The provider has not answered yet.";

  private final ModelOutlook outlook;
  private final Optional<ConditionReport> delivered;
  private final List<ConditionReport> conditions = new ArrayList<>();

  private ModelConditions(ModelOutlook outlook, Optional<ConditionReport> delivered) {
    this.outlook = outlook;
    this.delivered = delivered;
  }

  /// @param delivered how far the delivery is; empty where none has begun
  static List<ConditionReport> of(ModelOutlook outlook, Optional<ConditionReport> delivered) {
    var conditions = new ModelConditions(outlook, delivered);
    conditions.accepted();
    conditions.verified();
    delivered.ifPresent(conditions.conditions::add);
    ParametersHonoured.of(outlook).ifPresent(conditions.conditions::add);
    RetirementNews.condition(outlook).ifPresent(conditions.conditions::add);
    conditions.ready();
    return conditions.conditions;
  }

  static List<ConditionReport> invalid(ConditionReason reason, String message) {
    return List.of(
        new ConditionReport(Accepted, False, reason, message),
        new ConditionReport(Ready, False, reason, message),
        new ConditionReport(Stalled, True, reason, message));
  }

  private void accepted() {
    var findings = findings();
    if (outlook.acceptance() instanceof Acceptance.Unsettled) {
      // Nothing new can be said yet, so what was said stands.
      outlook.seen().before().condition(Accepted).ifPresent(conditions::add);
    } else if (findings.isEmpty()) {
      add(Accepted, True, ConditionReason.Valid, "The settings can be used as they are declared.");
    } else {
      add(Accepted, False, findings.getFirst().reason(), said(findings));
    }
  }

  private List<Finding> findings() {
    var findings =
        new ArrayList<>(
            outlook.acceptance() instanceof Acceptance.Refused(var found, _)
                ? found
                : List.<Finding>of());
    if (outlook.role() instanceof DefaultRole.Refused refused) {
      findings.add(new Finding(ConditionReason.DefaultConflict, refused.sentence()));
    }
    return findings;
  }

  private String said(List<Finding> findings) {
    var sentences =
        findings.stream().map(Finding::sentence).distinct().collect(Collectors.joining(" "));
    return outlook.acceptance() instanceof Acceptance.Refused
        ? sentences + kept().map(" "::concat).orElse("")
        : sentences;
  }

  private Optional<String> kept() {
    return outlook
        .seen()
        .before()
        .applied()
        .map(AppliedRevision::name)
        .map("Agents keep revision %s."::formatted);
  }

  private void verified() {
    if (outlook.wanted().isEmpty()) {
      return; // Nothing is asked about what cannot be used.
    }
    var words = new ModelWords(outlook.wanted().get().revision());
    var standing = outlook.standing();
    if (!standing.required()) {
      add(
          Verified,
          Unknown,
          ConditionReason.Disabled,
          "Verification is disabled in ApiKeyConfig %s; nobody has asked the provider about this model."
              .formatted(outlook.seen().declared().apiKey()));
    } else if (standing.weather().isPresent()) {
      var weather = standing.weather().get();
      add(Verified, Unknown, weather, words.sentence(weather));
    } else if (standing.word().isPresent()) {
      var word = standing.word().get();
      var reason = word.accepted() ? ModelWords.accepted(word.reason()) : word.reason();
      add(Verified, word.accepted() ? True : False, reason, words.sentence(reason));
    } else {
      add(
          Verified,
          Unknown,
          ConditionReason.Pending,
          "The provider has not been asked about this model yet.");
    }
  }

  private void ready() {
    var declared = outlook.seen().declared();
    if (declared.deleting()) {
      add(
          Ready,
          False,
          ConditionReason.Deleting,
          "It is being deleted; what was added to the agents is taken away.");
    } else if (declared.suspended()) {
      add(
          Ready,
          False,
          ConditionReason.Suspended,
          "It is suspended, and agents keep what they have; set suspend to false to go on.");
    } else if (!findings().isEmpty()) {
      refused(findings().getFirst().reason(), said(findings()));
    } else if (outlook.standing().refused().isPresent()) {
      var reason = outlook.standing().refused().get();
      var words = new ModelWords(outlook.wanted().orElseThrow().revision());
      refused(reason, words.refused(reason) + kept().map(" "::concat).orElse(""));
    } else if (delivered.filter(one -> one.truth() == False).isPresent()) {
      refused(delivered.get().reason(), delivered.get().message());
    } else if (!outlook.standing().proven()) {
      unheard();
    } else {
      byDelivery();
    }
  }

  private void refused(Reason reason, String message) {
    add(Ready, False, reason, message);
    if (endsByItself(reason)) {
      add(Reconciling, True, reason, message);
    } else {
      add(Stalled, True, reason, message);
    }
  }

  /// What waits for a key that waits for a person does so, too: whoever waits for both is told at
  /// once.
  private boolean endsByItself(Reason reason) {
    return reason instanceof ConditionReason ours
        && switch (ours) {
          case KeyNotFound, Rolling, Waiting -> true;
          case KeyNotReady ->
              !(outlook.seen().key() instanceof KeyState.NotReady(_, var stalled) && stalled);
          default -> false;
        };
  }

  /// No definitive word yet. Only of settings that nobody has yet is bad weather said to need a
  /// person: others are served by the last good ones meanwhile.
  private void unheard() {
    var weather = outlook.standing().weather();
    var words = new ModelWords(outlook.wanted().orElseThrow().revision());
    var reason = weather.<Reason>map(one -> one).orElse(ConditionReason.Pending);
    var message = weather.map(words::refused).orElse(WAITS);
    add(Ready, Unknown, reason, message);
    var first = outlook.seen().before().applied().isEmpty();
    if (first && weather.filter(ModelConditions::onlyAPersonEnds).isPresent()) {
      add(Stalled, True, reason, message);
    } else {
      add(Reconciling, True, reason, message);
    }
  }

  private static boolean onlyAPersonEnds(VerdictReason weather) {
    return weather == VerdictReason.InsufficientPermissions
        || weather == VerdictReason.QuotaExhausted;
  }

  private void byDelivery() {
    if (delivered.isEmpty()) {
      var message = "The settings are proven, and their delivery has not begun.";
      add(Ready, Unknown, ConditionReason.Waiting, message);
      add(Reconciling, True, ConditionReason.Waiting, message);
    } else if (delivered.get().truth() == Unknown) {
      add(Ready, Unknown, delivered.get().reason(), delivered.get().message());
    } else {
      add(Ready, True, ConditionReason.Delivered, delivered.get().message());
    }
  }

  private void add(ConditionReport.Type type, Truth truth, Reason reason, String message) {
    conditions.add(new ConditionReport(type, truth, reason, message));
  }
}
