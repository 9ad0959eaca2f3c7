package dev.llmconfig.agent;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.llmconfig.agent.Settings.Account;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.ReasoningEffort;
import dev.llmconfig.api.TokenField;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.domain.Parameter;
import dev.llmconfig.domain.ParameterValue;
import dev.llmconfig.domain.Parameters;
import dev.llmconfig.domain.Validated;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The settings that the tests of this package render: what a ModelConfig comes to after its
/// parameters were decided.
final class Cases {

  static final KeyRef KEY = new KeyRef("openai-team-a-llmkey-r-7c1d");
  static final Endpoint GATEWAY = endpoint("http://llm-gateway.llm-config.svc:4000");
  static final ModelTraits GPT_5 = new ModelTraits(true, true, true, OptionalLong.of(400000));
  static final ModelTraits GPT_4 = new ModelTraits(false, false, false, OptionalLong.of(1047576));

  private Cases() {}

  /// By the name that a golden file calls it.
  static Map<String, Settings> all() {
    var cases = new LinkedHashMap<String, Settings>();
    cases.put("OpenAI gpt-5-mini", gpt5mini());
    cases.put("OpenAI gpt-4.1-mini", gpt41mini());
    cases.put(
        "Ollama without a key",
        settings(
            Provider.Ollama,
            "http://ollama.ai.svc:11434",
            "llama3.2:latest",
            few(),
            TokenField.MaxTokens,
            GPT_4,
            new Route.KeyHeld.Keyless()));
    cases.put("Azure deployment", azure());
    cases.put(
        "Custom endpoint",
        settings(
            Provider.OpenAICompatible,
            "https://llm.example.com/api/v1",
            "Qwen/Qwen3-8B",
            few(),
            TokenField.MaxTokens,
            ModelTraits.UNKNOWN,
            held()));
    cases.put(
        "Groq openai/gpt-oss-120b",
        settings(
            Provider.Groq,
            "https://api.groq.com/openai/v1",
            "openai/gpt-oss-120b",
            few(),
            TokenField.MaxCompletionTokens,
            new ModelTraits(false, false, true, OptionalLong.of(131072)),
            held()));
    cases.put(
        "Perplexity sonar",
        settings(
            Provider.Perplexity,
            "https://api.perplexity.ai",
            "sonar",
            few(),
            TokenField.MaxTokens,
            GPT_4,
            held()));
    cases.put("Anthropic claude-sonnet-4-5", anthropic("claude-sonnet-4-5", GPT_4));
    cases.put(
        "Anthropic claude-opus-4-7",
        anthropic("claude-opus-4-7", new ModelTraits(true, true, true, OptionalLong.of(1000000))));
    cases.put(
        "Google gemini-2.5-flash",
        settings(
            Provider.Google,
            "https://generativelanguage.googleapis.com",
            "gemini-2.5-flash",
            few(),
            TokenField.MaxTokens,
            GPT_4,
            held()));
    cases.put(
        "Bedrock in us-east-1",
        settings(
            Provider.Bedrock,
            "https://bedrock-mantle.us-east-1.api.aws/v1",
            "openai.gpt-oss-120b",
            few(),
            TokenField.MaxCompletionTokens,
            GPT_4,
            held()));
    cases.put(
        "Mistral mistral-large-latest",
        settings(
            Provider.Mistral,
            "https://api.mistral.ai/v1",
            "mistral-large-latest",
            few(),
            TokenField.MaxTokens,
            GPT_4,
            held()));
    cases.put("Gateway to OpenAI", throughGateway(gpt5mini()));
    cases.put("Gateway to Anthropic", throughGateway(anthropic("claude-sonnet-4-5", GPT_4)));
    return cases;
  }

  static Settings named(String name) {
    return Optional.ofNullable(all().get(name)).orElseThrow();
  }

  /// The input of the worked examples: temperature was asked for, and dropped for this model.
  static Settings gpt5mini() {
    return settings(
        Provider.OpenAI,
        "https://api.openai.com/v1",
        "gpt-5-mini",
        parameters(Map.of(Parameter.MaxOutputTokens, new ParameterValue.Whole(2048))),
        TokenField.MaxCompletionTokens,
        GPT_5,
        held());
  }

  static Settings gpt41mini() {
    Settings plain =
        settings(
            Provider.OpenAI,
            "https://api.openai.com/v1",
            "gpt-4.1-mini",
            every(),
            TokenField.MaxCompletionTokens,
            GPT_4,
            held());
    return new Settings(
        plain.provider(),
        plain.model(),
        plain.parameters(),
        plain.tokenField(),
        plain.traits(),
        Map.of(Account.Organization, "org-1", Account.Project, "proj_123"),
        plain.route());
  }

  private static Settings azure() {
    Settings plain =
        settings(
            Provider.AzureOpenAI,
            "https://acme.openai.azure.com",
            "gpt5-prod",
            parameters(Map.of(Parameter.MaxOutputTokens, new ParameterValue.Whole(2048))),
            TokenField.MaxCompletionTokens,
            GPT_5,
            held());
    return new Settings(
        plain.provider(),
        plain.model(),
        plain.parameters(),
        plain.tokenField(),
        plain.traits(),
        Map.of(Account.ApiVersion, "2024-10-21"),
        plain.route());
  }

  private static Settings anthropic(String model, ModelTraits traits) {
    Parameters parameters =
        traits.onlyTemperatureOne()
            ? parameters(
                Map.of(
                    Parameter.MaxOutputTokens,
                    new ParameterValue.Whole(2048),
                    Parameter.ReasoningEffort,
                    new ParameterValue.Effort(ReasoningEffort.High)))
            : parameters(
                Map.of(
                    Parameter.Temperature,
                    ParameterValue.Decimal.of("0.2"),
                    Parameter.StopSequences,
                    new ParameterValue.Texts(List.of("END", "STOP"))));
    return settings(
        Provider.Anthropic,
        "https://api.anthropic.com",
        model,
        parameters,
        TokenField.MaxTokens,
        traits,
        held());
  }

  static Settings throughGateway(Settings direct) {
    return new Settings(
        direct.provider(),
        direct.model(),
        direct.parameters(),
        direct.tokenField(),
        direct.traits(),
        direct.account(),
        new Route.Gateway(GATEWAY, "support", new KeyRef("support-vkey")));
  }

  static Settings settings(
      Provider provider,
      String url,
      String model,
      Parameters parameters,
      TokenField tokenField,
      ModelTraits traits,
      Route.KeyHeld key) {
    return new Settings(
        provider,
        model,
        parameters,
        tokenField,
        traits,
        Map.of(),
        new Route.Direct(endpoint(url), key));
  }

  static Settings with(Settings settings, Parameters parameters) {
    return new Settings(
        settings.provider(),
        settings.model(),
        parameters,
        settings.tokenField(),
        settings.traits(),
        settings.account(),
        settings.route());
  }

  static Settings withModel(Settings settings, String model) {
    return new Settings(
        settings.provider(),
        model,
        settings.parameters(),
        settings.tokenField(),
        settings.traits(),
        settings.account(),
        settings.route());
  }

  static Route.KeyHeld held() {
    return new Route.KeyHeld.Held(KEY);
  }

  static Parameters few() {
    return parameters(
        Map.of(
            Parameter.Temperature,
            ParameterValue.Decimal.of("0.2"),
            Parameter.MaxOutputTokens,
            new ParameterValue.Whole(2048)));
  }

  static Parameters every() {
    var values = new EnumMap<Parameter, ParameterValue>(Parameter.class);
    values.put(Parameter.Temperature, ParameterValue.Decimal.of("0.20"));
    values.put(Parameter.TopP, ParameterValue.Decimal.of("0.9"));
    values.put(Parameter.MaxOutputTokens, new ParameterValue.Whole(2048));
    values.put(Parameter.StopSequences, new ParameterValue.Texts(List.of("END", "STOP")));
    values.put(Parameter.ReasoningEffort, new ParameterValue.Effort(ReasoningEffort.XHigh));
    values.put(Parameter.TimeoutSeconds, new ParameterValue.Whole(60));
    values.put(
        Parameter.Extra,
        new ParameterValue.Fields(
            JsonNodeFactory.instance.objectNode().put("seed", 7).put("logprobs", true)));
    return parameters(values);
  }

  static Parameters parameters(Map<Parameter, ParameterValue> values) {
    return valid(Parameters.of(values));
  }

  static Endpoint endpoint(String text) {
    return valid(Endpoint.parse(text));
  }

  static <T> T valid(Validated<T> validated) {
    return switch (validated) {
      case Validated.Valid<T>(var value) -> value;
      case Validated.Invalid<T>(var problems) -> throw new AssertionError(problems.toString());
    };
  }
}
