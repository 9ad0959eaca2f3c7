package dev.llmconfig.plan;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.catalogue.Attribute;
import dev.llmconfig.catalogue.ModelFacts;
import dev.llmconfig.domain.AppliedRevision;
import dev.llmconfig.domain.ParameterOutcome;
import dev.llmconfig.domain.Problem;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What to do about a ModelConfig, as far as acceptance and verification decide it. What is
/// delivered is decided between `judge` and `report`, by others.
public final class ModelPlanner {

  private static final String PARAMETERS = "spec.parameters";

  private ModelPlanner() {}

  public static ModelOutlook judge(ModelObserved seen) {
    return ModelOutlook.of(seen);
  }

  /// The status. Empty while the key is just being changed: what was said before stays until the
  /// key's own status has caught up, which is an event.
  ///
  /// @param delivered the condition `Delivered`; empty where no delivery has begun
  public static Optional<ModelReport> report(
      ModelOutlook outlook, Optional<ConditionReport> delivered) {
    var declared = outlook.seen().declared();
    var unsettled = outlook.acceptance() instanceof Acceptance.Unsettled;
    return unsettled && !declared.suspended() && !declared.deleting()
        ? Optional.empty()
        : Optional.of(
            new ModelReport(
                declared.generation(),
                resolved(outlook),
                candidate(outlook),
                handledVerify(outlook),
                ModelNotes.of(outlook),
                ModelConditions.of(outlook, delivered)));
  }

  /// What was declared cannot be read, which only CRDs of another version let through, or its
  /// parameters are out of their range. What agents have stays.
  public static List<ConditionReport> invalid(List<Problem> problems) {
    var parametersOnly = problems.stream().allMatch(one -> one.field().startsWith(PARAMETERS));
    return ModelConditions.invalid(
        parametersOnly ? ConditionReason.ParameterOutOfRange : ConditionReason.SpecInvalid,
        problems.stream().map(Problem::sentence).collect(Collectors.joining(" ")));
  }

  /// What is told once, when it changes.
  public static List<PlannedEvent> events(ModelOutlook outlook) {
    return Stream.of(conflict(outlook), refused(outlook), RetirementNews.event(outlook))
        .flatMap(Optional::stream)
        .toList();
  }

  /// When time alone changes what was judged.
  public static Optional<Instant> nextLook(ModelOutlook outlook) {
    return Stream.concat(outlook.role().next().stream(), RetirementNews.turns(outlook))
        .filter(time -> time.isAfter(outlook.seen().now()))
        .min(Instant::compareTo);
  }

  private static Optional<PlannedEvent> conflict(ModelOutlook outlook) {
    if (!(outlook.role() instanceof DefaultRole.Refused refused)) {
      return Optional.empty();
    }
    return outlook
            .seen()
            .before()
            .condition(ConditionReport.Type.Accepted)
            .filter(one -> one.message().contains(refused.sentence()))
            .isPresent()
        ? Optional.empty()
        : Optional.of(new PlannedEvent(PlannedEvent.Reason.DefaultConflict, refused.sentence()));
  }

  /// Agents keep what they have, so nothing else shows on them.
  private static Optional<PlannedEvent> refused(ModelOutlook outlook) {
    return outlook
        .standing()
        .refused()
        .filter(_ -> !outlook.seen().declared().deleting())
        .flatMap(reason -> {
          var words = new ModelWords(outlook.wanted().orElseThrow().revision());
          var before = outlook.seen().before();
          // Under weather only Ready still says it.
          var told =
              Stream.of(ConditionReport.Type.Verified, ConditionReport.Type.Ready)
                  .flatMap(type -> before.condition(type).stream())
                  .anyMatch(one -> one.message().startsWith(words.sentence(reason)));
          return told
              ? Optional.<PlannedEvent>empty()
              : Optional.of(
                  new PlannedEvent(PlannedEvent.Reason.ModelRefused, words.refused(reason)));
        });
  }

  private static Optional<ModelReport.Resolved> resolved(ModelOutlook outlook) {
    return outlook.acceptance().model().map(facts -> resolved(outlook, facts));
  }

  private static ModelReport.Resolved resolved(ModelOutlook outlook, ModelFacts facts) {
    return new ModelReport.Resolved(
        facts.provider(),
        facts.id(),
        facts.facts().value(Attribute.CONTEXT_TOKENS),
        facts.outputLimit(),
        facts.retiresOn(),
        YearMonth.from(outlook.seen().catalogue().asOf()).toString(),
        outlook
            .acceptance()
            .accepted()
            .map(accepted -> accepted.parameters().outcomes())
            .orElse(List.<ParameterOutcome>of()));
  }

  /// While it is suspended nothing is on its way, and what was stays named.
  private static Optional<String> candidate(ModelOutlook outlook) {
    var before = outlook.seen().before();
    if (outlook.seen().declared().suspended()
        || outlook.acceptance() instanceof Acceptance.Unsettled) {
      return before.candidate();
    }
    var applied = before.applied().map(AppliedRevision::name);
    return outlook
        .wanted()
        .map(Wanted::name)
        .filter(name -> applied.filter(name::equals).isEmpty());
  }

  /// Handled with the answer, not earlier.
  private static Optional<String> handledVerify(ModelOutlook outlook) {
    var seen = outlook.seen();
    return seen.declared()
        .requests()
        .verify()
        .filter(wish -> seen.heard().flatMap(ModelAnswer::request).filter(wish::equals).isPresent())
        .or(() -> seen.before().handled().verify());
  }
}
