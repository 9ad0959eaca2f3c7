package dev.llmconfig.plan;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.domain.AppliedRevision;
import dev.llmconfig.domain.EffectiveParameters;
import dev.llmconfig.domain.Parameter;
import dev.llmconfig.domain.ParameterDecision;
import dev.llmconfig.domain.ParameterOutcome;
import dev.llmconfig.domain.Parameters;
import dev.llmconfig.plan.ParameterResult.Sent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Parameters that stay as they were applied, whatever is known of the model by now.
final class KeptParameters {

  /// Who says so.
  private static final String AS_APPLIED = "applied";

  private KeptParameters() {}

  static Sent of(ParameterQuestion question, AppliedRevision before, ParameterDecision today) {
    var kept = before.settings().parameters();
    var now =
        today instanceof ParameterDecision.Send(var sent)
            ? Optional.of(sent)
            : Optional.<EffectiveParameters>empty();
    var outcomes =
        question.asked().values().keySet().stream()
            .flatMap(name -> outcome(name, question, kept, now))
            .toList();
    return new Sent(
        kept,
        honoured(outcomes, now),
        outcomes,
        now.map(EffectiveParameters::notes).orElse(List.of()),
        before.basis(),
        differing(question.asked(), kept, now));
  }

  /// Said as today where today says the same, because then it says why.
  private static Stream<ParameterOutcome> outcome(
      Parameter name,
      ParameterQuestion question,
      Parameters kept,
      Optional<EffectiveParameters> now) {
    if (same(name, question.asked(), kept)) {
      return Stream.empty();
    }
    var said =
        now.filter(sent -> same(name, sent.values(), kept)).stream()
            .flatMap(sent -> sent.outcomes().stream())
            .filter(outcome -> outcome.name() == name)
            .findFirst();
    return said.or(() -> asApplied(name, question, kept)).stream();
  }

  private static Optional<ParameterOutcome> asApplied(
      Parameter name, ParameterQuestion question, Parameters kept) {
    var model = question.model().id();
    return question
        .asked()
        .get(name)
        .map(asked ->
            kept.get(name)
                .<ParameterOutcome>map(effective ->
                    new ParameterOutcome.Changed(
                        name,
                        asked,
                        effective,
                        ParameterOutcome.Why.AsApplied,
                        AS_APPLIED,
                        "%s is sent to %s as it was applied: %s."
                            .formatted(name.field(), model, effective.text())))
                .orElseGet(() ->
                    new ParameterOutcome.Dropped(
                        name,
                        asked,
                        ParameterOutcome.Why.AsApplied,
                        AS_APPLIED,
                        "%s is not sent to %s, as it was applied."
                            .formatted(name.field(), model))));
  }

  private static ConditionReason honoured(
      List<ParameterOutcome> outcomes, Optional<EffectiveParameters> now) {
    if (outcomes.isEmpty()) {
      return now.map(EffectiveParameters::honoured)
          .filter(ConditionReason.ModelUnknown::equals)
          .orElse(ConditionReason.AllSent);
    }
    var dropped =
        outcomes.stream()
            .anyMatch(outcome ->
                outcome instanceof ParameterOutcome.Dropped
                    || (outcome.why() != ParameterOutcome.Why.AboveLimit
                        && outcome.why() != ParameterOutcome.Why.AsApplied));
    return dropped ? ConditionReason.Dropped : ConditionReason.Clamped;
  }

  /// All that is asked for, where today it would be refused.
  private static Set<Parameter> differing(
      Parameters asked, Parameters kept, Optional<EffectiveParameters> now) {
    var names = new TreeSet<Parameter>();
    for (var name : Parameter.values()) {
      var differs =
          now.map(sent -> !same(name, sent.values(), kept))
              .orElseGet(() -> asked.get(name).isPresent());
      if (differs) {
        names.add(name);
      }
    }
    return names;
  }

  private static boolean same(Parameter name, Parameters one, Parameters other) {
    return one.get(name)
        .map(ContentName::canonical)
        .equals(other.get(name).map(ContentName::canonical));
  }
}
