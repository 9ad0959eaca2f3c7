package dev.llmconfig.catalogue;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.ReasoningEffort;
import dev.llmconfig.domain.Parameter;
import dev.llmconfig.domain.ParameterDecision;
import dev.llmconfig.domain.ParameterOutcome;
import dev.llmconfig.domain.ParameterOutcome.Why;
import dev.llmconfig.domain.ParameterValue;
import dev.llmconfig.domain.Parameters;
import dev.llmconfig.domain.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a mapping has changed so far, in both of its readings: the sentences of a drop, and those
/// of a refusal.
final class Changes {

  /// Our knowledge of a model is one source, whichever file or rule it came from.
  private static final String CATALOGUE = "catalogue";

  private record Change(ParameterOutcome outcome, Problem problem) {}

  private final ModelFacts model;
  private final SortedMap<Parameter, ParameterValue> values;
  private final List<Change> changes = new ArrayList<>();

  Changes(Parameters asked, ModelFacts model) {
    this.model = model;
    this.values = new TreeMap<>(asked.values());
  }

  boolean any() {
    return !changes.isEmpty();
  }

  boolean holds(Parameter name) {
    return values.containsKey(name);
  }

  Optional<ReasoningEffort> effort() {
    return effective().reasoningEffort();
  }

  Parameters effective() {
    return new Parameters(values);
  }

  List<ParameterOutcome> outcomes() {
    return changes.stream()
        .map(Change::outcome)
        .sorted(Comparator.comparing(ParameterOutcome::name))
        .toList();
  }

  ConditionReason honoured(boolean modelKnown) {
    boolean dropped = changes.stream().anyMatch(change -> change.outcome.why() != Why.AboveLimit);
    if (dropped) {
      return ConditionReason.Dropped;
    }
    if (!changes.isEmpty()) {
      return ConditionReason.Clamped;
    }
    // The timeout is the client's own, so it is honoured by any model.
    boolean concernsModel = values.keySet().stream().anyMatch(n -> n != Parameter.TimeoutSeconds);
    return modelKnown || !concernsModel ? ConditionReason.AllSent : ConditionReason.ModelUnknown;
  }

  /// A limit that was passed is a range; it goes before what the model does not take.
  ParameterDecision refusal() {
    boolean limit = changes.stream().anyMatch(change -> change.outcome.why() == Why.AboveLimit);
    return new ParameterDecision.Refuse(
        limit ? ConditionReason.ParameterOutOfRange : ConditionReason.ParameterUnsupported,
        changes.stream()
            .sorted(Comparator.comparing(change -> change.outcome.name()))
            .map(Change::problem)
            .toList());
  }

  void clamp(Fact<Long> limit) {
    var asked = value(Parameter.MaxOutputTokens);
    var lowered = new ParameterValue.Whole(limit.value());
    String whose = "the limit of %s (%s).".formatted(model.id(), limit.source().inWords());
    values.put(Parameter.MaxOutputTokens, lowered);
    add(
        new ParameterOutcome.Changed(
            Parameter.MaxOutputTokens,
            asked,
            lowered,
            Why.AboveLimit,
            limit.source().label(),
            "maxOutputTokens %s was lowered to %s, %s"
                .formatted(asked.text(), lowered.text(), whose)),
        "maxOutputTokens %s is above %s, %s".formatted(asked.text(), lowered.text(), whose));
  }

  void drop(Parameter name, Why why, String does) {
    var asked = value(name);
    values.remove(name);
    add(
        new ParameterOutcome.Dropped(
            name, asked, why, CATALOGUE, "%s %s; it is not sent.".formatted(model.id(), does)),
        "%s %s.".formatted(model.id(), does));
  }

  void keepStops(List<String> kept, String does) {
    var asked = value(Parameter.StopSequences);
    var left = new ParameterValue.Texts(kept);
    if (left.equals(asked)) {
      return;
    }
    if (kept.isEmpty()) {
      drop(Parameter.StopSequences, Why.NotAccepted, does);
    } else {
      change(Parameter.StopSequences, left, "%s %s; they are not sent.", does);
    }
  }

  /// Fields of `extra`, which others may be left of.
  void dropExtra(List<String> fields) {
    if (fields.isEmpty() || !(value(Parameter.Extra) instanceof ParameterValue.Fields extra)) {
      return;
    }
    var left = extra.object();
    left.remove(fields);
    String does = "does not accept extra." + String.join(" and extra.", fields);
    if (left.isEmpty()) {
      drop(Parameter.Extra, Why.NotAccepted, does);
    } else {
      change(Parameter.Extra, new ParameterValue.Fields(left), "%s %s; it is not sent.", does);
    }
  }

  private void change(Parameter name, ParameterValue left, String sentence, String does) {
    var asked = value(name);
    values.put(name, left);
    add(
        new ParameterOutcome.Changed(
            name, asked, left, Why.NotAccepted, CATALOGUE, sentence.formatted(model.id(), does)),
        "%s %s.".formatted(model.id(), does));
  }

  private void add(ParameterOutcome outcome, String refusal) {
    changes.add(new Change(outcome, new Problem("parameters." + outcome.name().field(), refusal)));
  }

  private ParameterValue value(Parameter name) {
    return Optional.ofNullable(values.get(name)).orElseThrow();
  }
}
