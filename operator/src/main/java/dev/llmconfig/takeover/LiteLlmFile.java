package dev.llmconfig.takeover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Provider;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.takeover.KeyDraft.Additional;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The configuration file of LiteLLM's proxy.
public final class LiteLlmFile {

  private static final String FROM_ENVIRONMENT = "os.environ/";

  /// People write something for a server that wants nothing.
  private static final int SHORTEST = 8;

  private static final Map<String, Provider> PREFIXES =
      Map.ofEntries(
          Map.entry("openai", Provider.OpenAI),
          Map.entry("text-completion-openai", Provider.OpenAI),
          Map.entry("anthropic", Provider.Anthropic),
          Map.entry("gemini", Provider.Google),
          Map.entry("azure", Provider.AzureOpenAI),
          Map.entry("mistral", Provider.Mistral),
          Map.entry("groq", Provider.Groq),
          Map.entry("xai", Provider.XAI),
          Map.entry("deepseek", Provider.DeepSeek),
          Map.entry("openrouter", Provider.OpenRouter),
          Map.entry("together_ai", Provider.Together),
          Map.entry("fireworks_ai", Provider.Fireworks),
          Map.entry("perplexity", Provider.Perplexity),
          Map.entry("ollama", Provider.Ollama),
          Map.entry("ollama_chat", Provider.Ollama),
          Map.entry("hosted_vllm", Provider.VLLM),
          Map.entry("vllm", Provider.VLLM),
          Map.entry("openai_like", Provider.OpenAICompatible),
          Map.entry("custom_openai", Provider.OpenAICompatible));

  private static final Map<String, Provider> BARE =
      Map.of(
          "gpt-", Provider.OpenAI,
          "chatgpt-", Provider.OpenAI,
          "o1", Provider.OpenAI,
          "o3", Provider.OpenAI,
          "o4", Provider.OpenAI,
          "claude-", Provider.Anthropic);

  /// What the drafts are made of; everything else is told of.
  private static final Set<String> TAKEN =
      Set.of(
          "model",
          "api_key",
          "api_base",
          "base_url",
          "api_version",
          "organization",
          "extra_headers",
          "extra_body",
          "custom_llm_provider");

  private final Taken taken;
  private final String namespace;
  private final Map<String, String> environment;

  private LiteLlmFile(Taken taken, String namespace, Map<String, String> environment) {
    this.taken = taken;
    this.namespace = namespace;
    this.environment = environment;
  }

  /// Reads all of it.
  ///
  /// @param environment where addresses that it names are looked up; keys are not
  public static Taken read(JsonNode file, String namespace, Map<String, String> environment) {
    var taken = new Taken();
    new LiteLlmFile(taken, namespace, environment).all(file);
    return taken;
  }

  private void all(JsonNode file) {
    var at = 0;
    for (var entry : file.path("model_list")) {
      entry("model_list[%d]".formatted(at++), entry);
    }
    file.properties()
        .forEach(section -> {
          switch (section.getKey()) {
            case "model_list" -> {}
            case "litellm_settings", "router_settings" ->
                settings(section.getKey(), section.getValue());
            default -> nothing(section.getKey(), section.getValue());
          }
        });
  }

  private void settings(String section, JsonNode settings) {
    settings
        .properties()
        .forEach(setting -> {
          var where = section + "." + setting.getKey();
          switch (setting.getKey()) {
            case "fallbacks" -> fallbacks(where, setting.getValue());
            case "drop_params" -> {
              if (!setting.getValue().asBoolean()) {
                taken.leave(
                    where,
                    "parameters that a model refuses are dropped here, and said;"
                        + " unsupportedParameters: Reject refuses them.");
              }
            }
            default -> nothing(where, setting.getValue());
          }
        });
  }

  private void nothing(String where, JsonNode value) {
    if (value.isObject() && !value.isEmpty()) {
      value.properties().forEach(one -> nothing(where + "." + one.getKey(), one.getValue()));
    } else {
      taken.leave(where, "has no counterpart.");
    }
  }

  /// `[{"a": ["b", "c"]}]`: b and then c are tried for a.
  private void fallbacks(String where, JsonNode list) {
    for (var entry : list) {
      entry
          .properties()
          .forEach(one -> {
            var names = new ArrayList<String>();
            for (var other : one.getValue()) {
              taken
                  .called(other.asText())
                  .ifPresentOrElse(
                      draft -> names.add(draft.name()),
                      () -> taken.leave(where, "names a model that is not taken over."));
            }
            taken
                .called(one.getKey())
                .filter(draft -> !names.isEmpty())
                .ifPresentOrElse(
                    draft ->
                        taken.fallbacks(
                            draft,
                            names.stream()
                                .distinct()
                                .filter(name -> !name.equals(draft.name()))
                                .limit(8)
                                .toList()),
                    () -> taken.leave(where, "is of a model that is not taken over."));
          });
    }
  }

  private void entry(String where, JsonNode entry) {
    var params = entry.path("litellm_params");
    var alias = entry.path("model_name").asText();
    var full = params.path("model").asText();
    var at = "%s (%s)".formatted(where, Taken.printable(alias));
    var named = provider(params.path("custom_llm_provider").asText(), full);
    if (named.isEmpty()) {
      taken.leave(at, "its provider is none of ours, so the model is not taken over.");
      return;
    }
    var address = address(at, params);
    if (address instanceof Address.Unknown) {
      return;
    }
    var endpoint =
        address instanceof Address.Given(var text)
            ? Places.parse(named.get(), text)
            : Optional.<Endpoint>empty();
    if (address instanceof Address.Given && endpoint.isEmpty()) {
      taken.leave(
          at + " api_base", "is no address that a key may go to, so the model is not taken over.");
      return;
    }
    var provider = Places.speaking(named.get(), endpoint);
    if (endpoint.isEmpty() && provider.defaultEndpoint().isEmpty()) {
      taken.leave(
          at,
          "there is no api_base, and %s has no address of its own, so the model is not taken over."
              .formatted(provider));
      return;
    }
    var model = model(full);
    var key = taken.key(key(at, provider, endpoint, params, entry, model));
    if (model.contains("*")) {
      taken.leave(
          at,
          "a pattern is no model; the ApiKeyConfig is there, and a ModelConfig can name any model"
              + " of it.");
    } else {
      if (taken.called(alias).isPresent()) {
        taken.leave(
            at,
            "shares its name with another entry; calls are not balanced between them, so it is a"
                + " ModelConfig of its own.");
      }
      var parameters = JsonNodeFactory.instance.objectNode();
      parameters(at, params, parameters);
      taken.model(
          new ModelDraft(
              namespace,
              alias.isEmpty() ? model : alias,
              key.name(),
              model,
              alias,
              parameters,
              List.of()));
    }
    rest(at, entry);
  }

  private KeyDraft key(
      String at,
      Provider provider,
      Optional<Endpoint> endpoint,
      JsonNode params,
      JsonNode entry,
      String model) {
    var base = entry.at("/model_info/base_model").asText();
    return new KeyDraft(
        namespace,
        provider.name(),
        provider,
        endpoint.filter(one -> !Places.isDefault(provider, one)),
        source(at, provider, params.path("api_key").asText()),
        provider == Provider.AzureOpenAI
            ? text(at + " api_version", params.path("api_version").asText())
            : Optional.empty(),
        headers(at, params),
        provider == Provider.AzureOpenAI && !base.isEmpty()
            ? List.of(new Additional(model, model(base)))
            : List.of(),
        Optional.empty());
  }

  private KeySource source(String at, Provider provider, String written) {
    if (written.startsWith(FROM_ENVIRONMENT)) {
      return new KeySource.Variable(written.substring(FROM_ENVIRONMENT.length()));
    }
    if (!written.isBlank()) {
      if (provider.keyless() && written.length() < SHORTEST) {
        taken.leave(at + " api_key", "is too short to be a key, so none is sent.");
        return new KeySource.None();
      }
      return new KeySource.Clear(written);
    }
    return provider.keyless()
        ? new KeySource.None()
        : new KeySource.Variable(provider.keyVariables().getFirst());
  }

  private Map<String, String> headers(String at, JsonNode params) {
    var headers = new TreeMap<String, String>();
    params
        .path("extra_headers")
        .properties()
        .forEach(one -> {
          if (Headers.allowed(one.getKey(), one.getValue().asText())) {
            headers.put(one.getKey(), one.getValue().asText());
          } else {
            taken.leave(
                at + " extra_headers",
                "has a header that may not be set, or that looks like a key; it is left out.");
          }
        });
    text(at + " organization", params.path("organization").asText())
        .ifPresent(one -> headers.put("OpenAI-Organization", one));
    return headers;
  }

  private void parameters(String at, JsonNode params, ObjectNode parameters) {
    var settings = new Settings(parameters, taken);
    params
        .properties()
        .forEach(one -> {
          if (Settings.known(one.getKey())) {
            settings.put(at + " " + one.getKey(), one.getKey(), one.getValue());
          }
        });
    params
        .path("extra_body")
        .properties()
        .forEach(one -> {
          if (Settings.known(one.getKey())) {
            settings.put(at + " extra_body." + one.getKey(), one.getKey(), one.getValue());
          } else if (Headers.reserved(one.getKey())) {
            taken.leave(
                at + " extra_body." + one.getKey(), "is not to be set there, so it is left out.");
          } else {
            settings.pass(one.getKey(), one.getValue());
          }
        });
  }

  private void rest(String at, JsonNode entry) {
    var params = entry.path("litellm_params");
    params
        .properties()
        .forEach(one -> {
          if (!TAKEN.contains(one.getKey()) && !Settings.known(one.getKey())) {
            taken.leave(at + " " + one.getKey(), "has no counterpart.");
          }
        });
    if (params.has("api_version") && !params.path("model").asText().startsWith("azure/")) {
      taken.leave(at + " api_version", "has no counterpart but for Azure.");
    }
    entry
        .path("model_info")
        .properties()
        .forEach(one -> {
          if (!one.getKey().equals("base_model")) {
            taken.leave(
                at + " model_info." + one.getKey(),
                "has no counterpart; the catalogue knows facts about models.");
          }
        });
    entry
        .properties()
        .forEach(one -> {
          if (!Set.of("model_name", "litellm_params", "model_info").contains(one.getKey())) {
            taken.leave(at + " " + one.getKey(), "has no counterpart.");
          }
        });
  }

  private sealed interface Address {
    record Unsaid() implements Address {}

    record Given(String text) implements Address {}

    record Unknown() implements Address {}
  }

  private Address address(String at, JsonNode params) {
    var written = params.path("api_base").asText(params.path("base_url").asText());
    if (written.isBlank()) {
      return new Address.Unsaid();
    }
    return text(at + " api_base", written)
        .<Address>map(Address.Given::new)
        .orElseGet(Address.Unknown::new);
  }

  /// What is no secret is looked up where the file says it is.
  private Optional<String> text(String where, String written) {
    if (!written.startsWith(FROM_ENVIRONMENT)) {
      return written.isBlank() ? Optional.empty() : Optional.of(written);
    }
    var variable = written.substring(FROM_ENVIRONMENT.length());
    var value = Optional.ofNullable(environment.get(variable)).filter(one -> !one.isBlank());
    if (value.isEmpty()) {
      taken.leave(
          where,
          "is in variable %s, which is not set here; set it and import again."
              .formatted(Taken.printable(variable)));
    }
    return value;
  }

  private static Optional<Provider> provider(String custom, String full) {
    var prefix = custom.isEmpty() ? full.replaceAll("/.*", "") : custom;
    if (full.contains("/") || !custom.isEmpty()) {
      return Optional.ofNullable(PREFIXES.get(prefix));
    }
    return BARE.entrySet().stream()
        .filter(one -> full.startsWith(one.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static String model(String full) {
    var slash = full.indexOf('/');
    return slash > 0 && PREFIXES.containsKey(full.substring(0, slash))
        ? full.substring(slash + 1)
        : full;
  }
}
