package dev.llmconfig.catalogue;

import dev.llmconfig.api.ReasoningEffort;
import dev.llmconfig.api.UnsupportedParameters;
import dev.llmconfig.domain.Parameter;
import dev.llmconfig.domain.ParameterDecision;
import dev.llmconfig.domain.ParameterValue;
import dev.llmconfig.domain.Parameters;
import dev.llmconfig.domain.RequestFormat;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What one model takes of one parameter, told before anybody has asked for a value. It is found by
/// asking the mapping itself, so that no slider promises what a request is not granted.
///
/// @param refusal why it takes none at all; empty where it takes some
/// @param least the lowest value; for stop sequences their number
/// @param most the highest one, as far as anybody says
/// @param levels of effort that it takes; empty for other parameters
public record ParameterSupport(
    Optional<String> refusal,
    Optional<BigDecimal> least,
    Optional<BigDecimal> most,
    List<ReasoningEffort> levels) {

  /// Neither an end of a range nor the default of any model.
  private static final ParameterValue SOME = ParameterValue.Decimal.of("0.5");

  public ParameterSupport {
    levels = List.copyOf(levels);
  }

  public boolean supported() {
    return refusal.isEmpty();
  }

  /// Of all that hang on the model.
  public static SortedMap<Parameter, ParameterSupport> of(ModelFacts model, RequestFormat format) {
    var asking = new Asking(model, format);
    var all = new TreeMap<Parameter, ParameterSupport>();
    all.put(
        Parameter.Temperature,
        ranged(
            asking.refusal(Parameter.Temperature, SOME),
            BigDecimal.ZERO,
            Optional.of(RequestRanges.hottest(model, format))));
    all.put(
        Parameter.TopP,
        ranged(asking.refusal(Parameter.TopP, SOME), BigDecimal.ZERO, Optional.of(BigDecimal.ONE)));
    all.put(
        Parameter.MaxOutputTokens,
        ranged(
            Optional.empty(),
            BigDecimal.valueOf(RequestRanges.fewestTokens(format)),
            model.outputLimit().map(BigDecimal::valueOf)));
    all.put(Parameter.StopSequences, asking.stops());
    all.put(Parameter.ReasoningEffort, asking.efforts());
    return Collections.unmodifiableSortedMap(all);
  }

  private static ParameterSupport ranged(
      Optional<String> refusal, BigDecimal least, Optional<BigDecimal> most) {
    return refusal.isPresent()
        ? new ParameterSupport(refusal, Optional.empty(), Optional.empty(), List.of())
        : new ParameterSupport(refusal, Optional.of(least), most, List.of());
  }

  /// Questions to the mapping.
  private record Asking(ModelFacts model, RequestFormat format) {

    Optional<String> refusal(Parameter name, ParameterValue value) {
      var asked = new Parameters(new TreeMap<>(Map.of(name, value)));
      return ParameterMapping.decide(asked, model, format, UnsupportedParameters.Reject)
              instanceof ParameterDecision.Refuse(_, var problems)
          ? Optional.of(problems.getFirst().sentence())
          : Optional.empty();
    }

    /// One after the other, until there are too many.
    ParameterSupport stops() {
      var refusal = refusal(Parameter.StopSequences, stops(1));
      var most = 1;
      while (refusal.isEmpty() && possible(most + 1)) {
        most++;
      }
      return ranged(refusal, BigDecimal.ONE, Optional.of(BigDecimal.valueOf(most)));
    }

    private boolean possible(int count) {
      return Parameters.problems(Map.of(Parameter.StopSequences, stops(count))).isEmpty()
          && refusal(Parameter.StopSequences, stops(count)).isEmpty();
    }

    private static ParameterValue stops(int count) {
      return new ParameterValue.Texts(Collections.nCopies(count, "stop"));
    }

    ParameterSupport efforts() {
      var refusals = new TreeMap<ReasoningEffort, Optional<String>>();
      for (var level : ReasoningEffort.values()) {
        refusals.put(level, refusal(Parameter.ReasoningEffort, new ParameterValue.Effort(level)));
      }
      var levels =
          Arrays.stream(ReasoningEffort.values())
              .filter(level -> refusals.getOrDefault(level, Optional.empty()).isEmpty())
              .toList();
      return new ParameterSupport(
          levels.isEmpty() ? refusals.firstEntry().getValue() : Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          levels);
    }
  }
}
