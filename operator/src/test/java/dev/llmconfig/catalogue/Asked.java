package dev.llmconfig.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.ReasoningEffort;
import dev.llmconfig.api.UnsupportedParameters;
import dev.llmconfig.domain.EffectiveParameters;
import dev.llmconfig.domain.Parameter;
import dev.llmconfig.domain.ParameterDecision;
import dev.llmconfig.domain.ParameterOutcome;
import dev.llmconfig.domain.ParameterValue;
import dev.llmconfig.domain.Parameters;
import dev.llmconfig.domain.RequestFormat;
import dev.llmconfig.domain.Validated;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Parameters that a test asks a model for, in few words.
final class Asked {

  static final Catalogue CATALOGUE = Catalogue.packed();
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final Map<Parameter, ParameterValue> values = new EnumMap<>(Parameter.class);

  static Asked nothing() {
    return new Asked();
  }

  Asked temperature(String value) {
    values.put(Parameter.Temperature, ParameterValue.Decimal.of(value));
    return this;
  }

  Asked topP(String value) {
    values.put(Parameter.TopP, ParameterValue.Decimal.of(value));
    return this;
  }

  Asked maxOutputTokens(long value) {
    values.put(Parameter.MaxOutputTokens, new ParameterValue.Whole(value));
    return this;
  }

  Asked stop(String... values) {
    this.values.put(Parameter.StopSequences, new ParameterValue.Texts(List.of(values)));
    return this;
  }

  Asked effort(ReasoningEffort level) {
    values.put(Parameter.ReasoningEffort, new ParameterValue.Effort(level));
    return this;
  }

  Asked timeoutSeconds(long value) {
    values.put(Parameter.TimeoutSeconds, new ParameterValue.Whole(value));
    return this;
  }

  Asked extra(String json) {
    values.put(Parameter.Extra, new ParameterValue.Fields(json(json)));
    return this;
  }

  Parameters parameters() {
    return switch (Parameters.of(values)) {
      case Validated.Valid<Parameters>(var parameters) -> parameters;
      case Validated.Invalid<Parameters>(var problems) -> throw new AssertionError(problems);
    };
  }

  ParameterDecision decide(ModelFacts model, UnsupportedParameters policy) {
    return ParameterMapping.decide(
        parameters(), model, ParameterMapping.usualFormat(model), policy);
  }

  /// What the model is sent when nothing is out of range.
  EffectiveParameters of(ModelFacts model) {
    return sent(decide(model, UnsupportedParameters.Drop));
  }

  EffectiveParameters of(Provider provider, String id) {
    return of(CATALOGUE.describe(provider, id));
  }

  EffectiveParameters in(RequestFormat format, ModelFacts model) {
    return sent(ParameterMapping.decide(parameters(), model, format, UnsupportedParameters.Drop));
  }

  ParameterDecision.Refuse refusedBy(Provider provider, String id, UnsupportedParameters policy) {
    var decision = decide(CATALOGUE.describe(provider, id), policy);
    if (decision instanceof ParameterDecision.Refuse refusal) {
      return refusal;
    }
    throw new AssertionError("was not refused: " + decision);
  }

  static List<String> sentences(EffectiveParameters effective) {
    return effective.outcomes().stream().map(ParameterOutcome::sentence).toList();
  }

  static ObjectNode json(String text) {
    try {
      return (ObjectNode) JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static EffectiveParameters sent(ParameterDecision decision) {
    if (decision instanceof ParameterDecision.Send(var effective)) {
      return effective;
    }
    throw new AssertionError("was refused: " + decision);
  }
}
