package dev.llmconfig.catalogue;

import static dev.llmconfig.domain.ParameterOutcome.Why.Excluded;
import static dev.llmconfig.domain.ParameterOutcome.Why.Ignored;
import static dev.llmconfig.domain.ParameterOutcome.Why.LevelUnknown;
import static dev.llmconfig.domain.ParameterOutcome.Why.NoRoom;
import static dev.llmconfig.domain.ParameterOutcome.Why.NotAccepted;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.ReasoningEffort;
import dev.llmconfig.api.UnsupportedParameters;
import dev.llmconfig.catalogue.ModelRule.Quirk;
import dev.llmconfig.domain.EffectiveParameters;
import dev.llmconfig.domain.Parameter;
import dev.llmconfig.domain.ParameterDecision;
import dev.llmconfig.domain.ParameterNote;
import dev.llmconfig.domain.Parameters;
import dev.llmconfig.domain.RequestFormat;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What one model is sent of what was asked. A function of its arguments, so that the planner, the
/// gateway, the page and the profiles cannot come to different answers.
///
/// Ranges come first and are refused in both policies; then what the model does not take is dropped
/// and what is above its limit lowered, each with its sentence, or all of it is refused.
public final class ParameterMapping {

  private static final long LITTLE_OUTPUT = 1024;

  private final Parameters asked;
  private final ModelFacts model;
  private final RequestFormat format;
  private final Changes changes;

  private ParameterMapping(Parameters asked, ModelFacts model, RequestFormat format) {
    this.asked = asked;
    this.model = model;
    this.format = format;
    this.changes = new Changes(asked, model);
  }

  public static ParameterDecision decide(
      Parameters asked, ModelFacts model, RequestFormat format, UnsupportedParameters policy) {
    var ranges = RequestRanges.problems(asked, model, format);
    if (!ranges.isEmpty()) {
      return new ParameterDecision.Refuse(ConditionReason.ParameterOutOfRange, ranges);
    }
    var mapping = new ParameterMapping(asked, model, format);
    // Each looks at what the ones before have left: temperature depends on the effort that is sent.
    mapping.outputLimit();
    mapping.effort();
    mapping.temperature();
    mapping.topP();
    mapping.stops();
    mapping.penalties();
    return policy == UnsupportedParameters.Reject && mapping.changes.any()
        ? mapping.changes.refusal()
        : new ParameterDecision.Send(mapping.effective());
  }

  /// The request that a model is asked with when nobody says otherwise.
  public static RequestFormat usualFormat(ModelFacts model) {
    return switch (model.provider().dialect()) {
      case Anthropic -> RequestFormat.Messages;
      case Gemini -> RequestFormat.GenerateContent;
      case OpenAI, Echo ->
          model.facts().says(Attribute.MODE, ModelMode.Responses)
              ? RequestFormat.Responses
              : RequestFormat.ChatCompletions;
    };
  }

  private EffectiveParameters effective() {
    var values = changes.effective();
    return new EffectiveParameters(
        values,
        model.tokenField(),
        WireFields.of(values, model, format),
        changes.honoured(model.known()),
        changes.outcomes(),
        notes(values));
  }

  private void outputLimit() {
    OutputLimit.of(model.facts())
        .filter(limit -> asked.maxOutputTokens().orElse(0) > limit.value())
        .ifPresent(changes::clamp);
  }

  private void effort() {
    var level = asked.reasoningEffort();
    if (level.isEmpty()) {
      return;
    }
    if (!reasons()) {
      changes.drop(Parameter.ReasoningEffort, NotAccepted, "does not accept reasoningEffort");
    } else if (!offers(level.get())) {
      changes.drop(
          Parameter.ReasoningEffort,
          LevelUnknown,
          "does not accept reasoningEffort " + level.get());
    } else if (EffortStyle.of(format, model.family()) == EffortStyle.ClaudeBudget
        && level.get() != ReasoningEffort.None
        && roomFor(level.get()) < EffortStyle.SMALLEST_BUDGET) {
      changes.drop(
          Parameter.ReasoningEffort,
          NoRoom,
          "does not accept reasoningEffort with fewer than %d output tokens"
              .formatted(2 * EffortStyle.SMALLEST_BUDGET));
    }
  }

  private long roomFor(ReasoningEffort level) {
    return EffortStyle.budgetWithin(level, WireFields.anthropicLimit(changes.effective(), model));
  }

  private boolean reasons() {
    return !model.facts().says(Attribute.REASONING, false);
  }

  /// A level that nobody lists is unknown, not refused; only a list that lacks it refuses it.
  private boolean offers(ReasoningEffort level) {
    if (level == ReasoningEffort.None && format == RequestFormat.Messages) {
      // No level of Anthropic's, but a switch of its own.
      return !model.facts().says(Attribute.THINKING_ALWAYS_ON, true);
    }
    return model
        .facts()
        .value(Attribute.EFFORTS)
        .map(efforts -> efforts.levels().contains(level))
        .orElse(true);
  }

  private void temperature() {
    if (asked.temperature().isEmpty()) {
      return;
    }
    if (model.rule().has(Quirk.RefusesTemperature)) {
      changes.drop(Parameter.Temperature, NotAccepted, "does not accept temperature");
    } else if (model.rule().has(Quirk.OnlyDefaultWhileThinking)
        && changes.effort().filter(level -> level != ReasoningEffort.None).isPresent()
        && !isOne(asked.temperature().get())) {
      changes.drop(Parameter.Temperature, Excluded, "does not accept temperature while it reasons");
    } else {
      sampling(Parameter.Temperature, isOne(asked.temperature().get()));
    }
  }

  private void topP() {
    if (asked.topP().isEmpty()) {
      return;
    }
    sampling(Parameter.TopP, false);
    if (model.rule().has(Quirk.OneSamplingField)
        && changes.holds(Parameter.TopP)
        && changes.holds(Parameter.Temperature)) {
      changes.drop(Parameter.TopP, Excluded, "does not accept topP beside temperature");
    }
  }

  private void sampling(Parameter name, boolean isDefault) {
    var sampling = model.sampling();
    if (sampling.isEmpty()) {
      return;
    }
    switch (sampling.get()) {
      case Accepted -> {}
      case OnlyDefault -> {
        if (!isDefault) {
          changes.drop(name, NotAccepted, "does not accept " + name.field());
        }
      }
      case WhenEffortNone -> {
        if (!effortIsNone()) {
          changes.drop(
              name,
              NotAccepted,
              "does not accept %s unless reasoningEffort is None".formatted(name.field()));
        }
      }
      case Ignored -> {
        if (!model.rule().has(Quirk.Unconfirmed)) {
          changes.drop(name, Ignored, "ignores " + name.field());
        }
      }
    }
  }

  private boolean effortIsNone() {
    return changes
        .effort()
        .or(() -> model.facts().value(Attribute.DEFAULT_EFFORT))
        .filter(level -> level == ReasoningEffort.None)
        .isPresent();
  }

  private void stops() {
    if (asked.stopSequences().isEmpty()) {
      return;
    }
    if (model.rule().has(Quirk.RefusesStop) || format == RequestFormat.Responses) {
      changes.drop(Parameter.StopSequences, NotAccepted, "does not accept stopSequences");
    } else if (format == RequestFormat.Messages) {
      var kept = asked.stopSequences().stream().filter(stop -> !stop.isBlank()).toList();
      changes.keepStops(kept, "does not accept blank stopSequences");
    }
  }

  private void penalties() {
    if (model.rule().has(Quirk.RefusesPenalties)) {
      changes.dropExtra(
          Stream.of("frequency_penalty", "presence_penalty").filter(asked.extra()::has).toList());
    }
  }

  private List<ParameterNote> notes(Parameters values) {
    return Stream.of(lowBudget(values), lowTemperature(values), mayBeIgnored(values))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<ParameterNote> lowBudget(Parameters values) {
    long tokens = values.maxOutputTokens().orElse(LITTLE_OUTPUT);
    return tokens < LITTLE_OUTPUT && thinks(values)
        ? Optional.of(
            new ParameterNote(
                ParameterNote.Reason.LowOutputBudget,
                "maxOutputTokens %d also pays for the thinking of %s and may leave no answer."
                    .formatted(tokens, model.id())))
        : Optional.empty();
  }

  private boolean thinks(Parameters values) {
    return values
        .reasoningEffort()
        .or(() -> model.facts().value(Attribute.DEFAULT_EFFORT))
        .map(level -> level != ReasoningEffort.None)
        .orElseGet(this::thinksByDefault);
  }

  /// Claude thinks when it is asked to; others that reason do it always, unless none is a level.
  private boolean thinksByDefault() {
    boolean cannotStop =
        format != RequestFormat.Messages
            && model.facts().says(Attribute.REASONING, true)
            && model
                .facts()
                .value(Attribute.EFFORTS)
                .filter(efforts -> efforts.levels().contains(ReasoningEffort.None))
                .isEmpty();
    return cannotStop
        || model.rule().has(Quirk.ThinksByDefault)
        || model.facts().says(Attribute.THINKING_ALWAYS_ON, true);
  }

  private Optional<ParameterNote> lowTemperature(Parameters values) {
    return model.rule().has(Quirk.LoopsBelowOne)
            && values.temperature().filter(value -> value.compareTo(BigDecimal.ONE) < 0).isPresent()
        ? Optional.of(
            new ParameterNote(
                ParameterNote.Reason.LowTemperature,
                "%s can repeat itself below temperature 1.".formatted(model.id())))
        : Optional.empty();
  }

  private Optional<ParameterNote> mayBeIgnored(Parameters values) {
    return model.rule().has(Quirk.Unconfirmed)
            && (values.temperature().isPresent() || values.topP().isPresent())
        ? Optional.of(
            new ParameterNote(
                ParameterNote.Reason.MayBeIgnored,
                "%s probably ignores temperature and topP.".formatted(model.id())))
        : Optional.empty();
  }

  private static boolean isOne(BigDecimal value) {
    return value.compareTo(BigDecimal.ONE) == 0;
  }
}
