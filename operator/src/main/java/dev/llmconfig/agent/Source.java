package dev.llmconfig.agent;

import dev.llmconfig.domain.Parameter;
import java.util.Optional;

/// Where the value of an environment entry comes from.
public enum Source {
  Key,
  BaseUrl,
  /// Set only where the address of the provider has no `/v1`, so that appending it would be wrong.
  CompletionsPath,
  Model,
  Provider,
  Deployment,
  ApiVersion,
  Region,
  Organization,
  Project,
  Temperature(Parameter.Temperature),
  TopP(Parameter.TopP),
  MaxOutputTokens(Parameter.MaxOutputTokens),
  StopSequences(Parameter.StopSequences),
  ReasoningEffort(Parameter.ReasoningEffort),
  TimeoutSeconds(Parameter.TimeoutSeconds),
  ContextTokens,
  /// All effective parameters as one JSON object, in OpenAI wire names.
  ParametersJson,
  Constant;

  private final Optional<Parameter> parameter;

  Source() {
    this.parameter = Optional.empty();
  }

  Source(Parameter parameter) {
    this.parameter = Optional.of(parameter);
  }

  /// The parameter it carries, if it carries exactly one.
  Optional<Parameter> parameter() {
    return parameter;
  }
}
