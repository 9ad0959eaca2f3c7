package dev.llmconfig.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.ReasoningEffort;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.domain.FieldRules;
import dev.llmconfig.domain.Parameter;
import dev.llmconfig.domain.ParameterValue;
import dev.llmconfig.domain.Parameters;
import dev.llmconfig.domain.Validated;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say which model and which parameters, as a ModelConfig and its ApiKeyConfig
/// would. All problems are gathered; none repeats a value.
final class ModelOptions {

  @Option(
      names = "--provider",
      paramLabel = "PROVIDER",
      description = "Provider of the model, such as OpenAI.")
  private @Nullable String provider;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "Id of the model, as the provider's API takes it.")
  private @Nullable String model;

  @Option(
      names = "--base-model",
      paramLabel = "MODEL",
      description = "The model behind a deployment whose name does not say it, as at Azure.")
  private @Nullable String baseModel;

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "Where the provider is, when that is not its default endpoint.")
  private @Nullable String endpoint;

  @Option(names = "--temperature", paramLabel = "NUMBER", description = "From 0 to 2.")
  private @Nullable String temperature;

  @Option(names = "--top-p", paramLabel = "NUMBER", description = "From 0 to 1.")
  private @Nullable String topP;

  @Option(
      names = "--max-output-tokens",
      paramLabel = "COUNT",
      description = "Limit of the answer, 1 or more.")
  private @Nullable String maxOutputTokens;

  @Option(
      names = "--stop",
      paramLabel = "TEXT",
      description = "Text that ends the answer; may be given up to 8 times.")
  private @Nullable List<String> stop;

  @Option(
      names = "--reasoning-effort",
      paramLabel = "LEVEL",
      description = "None, Minimal, Low, Medium, High, XHigh or Max.")
  private @Nullable String reasoningEffort;

  @Option(names = "--timeout-seconds", paramLabel = "SECONDS", description = "From 1 to 3600.")
  private @Nullable String timeoutSeconds;

  @Option(
      names = "--extra",
      paramLabel = "JSON",
      description = "Further fields of the request, as one JSON object.")
  private @Nullable String extra;

  private final Set<String> problems = new LinkedHashSet<>();

  void problem(String sentence) {
    problems.add(sentence);
  }

  void needModel() {
    var missing = new ArrayList<String>();
    if (provider == null) {
      missing.add("--provider");
    }
    if (model == null) {
      missing.add("--model");
    }
    if (!missing.isEmpty()) {
      String verb = missing.size() == 1 ? " is" : " are";
      problems.add(String.join(" and ", missing) + verb + " needed.");
    }
  }

  Optional<Provider> provider() {
    return provider == null
        ? Optional.empty()
        : Choices.read("--provider", Provider.class, provider, problems::add);
  }

  Optional<String> model() {
    return id("--model", model);
  }

  Optional<String> baseModel() {
    return id("--base-model", baseModel);
  }

  /// The given endpoint, or else the provider's own.
  Optional<Endpoint> endpoint() {
    if (endpoint != null) {
      return parsed(endpoint);
    }
    Optional<Provider> known = provider();
    known
        .filter(one -> one.defaultEndpoint().isEmpty())
        .ifPresent(one ->
            problems.add(
                "--endpoint is needed, because %s has no default endpoint.".formatted(one)));
    return known.flatMap(Provider::defaultEndpoint).flatMap(this::parsed);
  }

  Optional<Parameters> parameters() {
    Map<Parameter, ParameterValue> asked = new EnumMap<>(Parameter.class);
    number("--temperature", temperature, ModelOptions::decimal)
        .ifPresent(value -> asked.put(Parameter.Temperature, value));
    number("--top-p", topP, ModelOptions::decimal)
        .ifPresent(value -> asked.put(Parameter.TopP, value));
    number("--max-output-tokens", maxOutputTokens, ModelOptions::whole)
        .ifPresent(value -> asked.put(Parameter.MaxOutputTokens, value));
    number("--timeout-seconds", timeoutSeconds, ModelOptions::whole)
        .ifPresent(value -> asked.put(Parameter.TimeoutSeconds, value));
    if (stop != null) {
      asked.put(Parameter.StopSequences, new ParameterValue.Texts(stop));
    }
    if (reasoningEffort != null) {
      Choices.read("--reasoning-effort", ReasoningEffort.class, reasoningEffort, problems::add)
          .ifPresent(
              level -> asked.put(Parameter.ReasoningEffort, new ParameterValue.Effort(level)));
    }
    extra().ifPresent(fields -> asked.put(Parameter.Extra, new ParameterValue.Fields(fields)));
    return switch (Parameters.of(asked)) {
      case Validated.Valid<Parameters>(var parameters) -> Optional.of(parameters);
      case Validated.Invalid<Parameters>(var wrong) -> {
        wrong.forEach(problem -> problems.add(problem.sentence()));
        yield Optional.empty();
      }
    };
  }

  /// To be called when all that is needed was asked for.
  void refuseProblems() {
    if (!problems.isEmpty()) {
      throw Refusal.usage(List.copyOf(problems));
    }
  }

  /// A key in the wrong place would be printed as a model's name.
  private Optional<String> id(String option, @Nullable String value) {
    if (value == null) {
      return Optional.empty();
    }
    Optional<String> wrong = FieldRules.modelId(value);
    if (wrong.isPresent()) {
      problems.add("%s %s.".formatted(option, wrong.get()));
    } else if (looksLikeAKey(value)) {
      problems.add(option + " looks like a key, and a key is never an argument.");
    } else {
      return Optional.of(value);
    }
    return Optional.empty();
  }

  private static boolean looksLikeAKey(String value) {
    return List.of(Provider.values()).stream()
        .flatMap(one -> one.keyPrefixes().stream())
        .anyMatch(value::startsWith);
  }

  private Optional<ObjectNode> extra() {
    if (extra == null) {
      return Optional.empty();
    }
    try {
      JsonNode read = new JsonMapper().readTree(extra);
      if (read instanceof ObjectNode fields) {
        return Optional.of(fields);
      }
    } catch (JsonProcessingException notJson) {
      // Said below, with everything else that is no object.
    }
    problems.add("--extra must be one JSON object.");
    return Optional.empty();
  }

  private Optional<ParameterValue> number(
      String option, @Nullable String text, Function<String, Optional<ParameterValue>> read) {
    if (text == null) {
      return Optional.empty();
    }
    Optional<ParameterValue> value = read.apply(text);
    if (value.isEmpty()) {
      problems.add(option + " must be a number.");
    }
    return value;
  }

  private static Optional<ParameterValue> decimal(String text) {
    return text.matches("-?[0-9]{1,9}(\\.[0-9]{1,18})?")
        ? Optional.of(new ParameterValue.Decimal(new BigDecimal(text)))
        : Optional.empty();
  }

  private static Optional<ParameterValue> whole(String text) {
    return text.matches("-?[0-9]{1,15}")
        ? Optional.of(new ParameterValue.Whole(Long.parseLong(text)))
        : Optional.empty();
  }

  private Optional<Endpoint> parsed(String text) {
    return switch (Endpoint.parse(text)) {
      case Validated.Valid<Endpoint>(var parsed) -> Optional.of(parsed);
      case Validated.Invalid<Endpoint>(var wrong) -> {
        wrong.forEach(problem -> problems.add("--" + problem.sentence()));
        yield Optional.empty();
      }
    };
  }
}
