package dev.llmconfig.takeover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Provider;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.takeover.KeyDraft.Additional;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The entries of `model_list`: a key and a model each.
final class LiteLlmModels {

  private static final String FROM_ENVIRONMENT = "os.environ/";

  /// People write something for a server that wants nothing.
  private static final int SHORTEST = 8;

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

  private static final List<String> TEXTS =
      List.of(
          "model",
          "api_key",
          "api_base",
          "base_url",
          "api_version",
          "organization",
          "custom_llm_provider");

  private final Taken taken;
  private final String namespace;
  private final Map<String, String> environment;

  /// @param environment where addresses that it names are looked up; keys are not
  LiteLlmModels(Taken taken, String namespace, Map<String, String> environment) {
    this.taken = taken;
    this.namespace = namespace;
    this.environment = environment;
  }

  /// @param where its place in the file
  void entry(String where, JsonNode entry) {
    var params = entry.path("litellm_params");
    var alias = entry.path("model_name").asText();
    var full = params.path("model").asText();
    var at = "%s (%s)".formatted(where, Taken.printable(alias));
    if (!readable(at, entry, params)) {
      return;
    }
    var named = LiteLlmProviders.provider(params.path("custom_llm_provider").asText(), full);
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
    var model = LiteLlmProviders.model(full);
    if (model.isBlank()) {
      taken.leave(at + " model", "names no model, so nothing is taken over.");
      return;
    }
    var key = taken.key(key(at, provider, endpoint, params, entry, model));
    if (model.contains("*")) {
      taken.leave(
          at,
          "a pattern is no model; the ApiKeyConfig is there, and a ModelConfig can name any model"
              + " of it.");
      ofNoModel(at, params);
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
    rest(at, provider, entry);
  }

  /// What is not what it should be is not to be read as if it were not there: a key would go to the
  /// provider's own address.
  private boolean readable(String at, JsonNode entry, JsonNode params) {
    var wrong =
        Stream.concat(
                TEXTS.stream().filter(name -> params.path(name).isContainerNode()),
                Stream.of("/model_name", "/model_info/base_model")
                    .filter(name -> entry.at(name).isContainerNode())
                    .map(name -> name.substring(1).replace('/', '.')))
            .toList();
    wrong.forEach(
        name -> taken.leave(at + " " + name, "is no text, so the model is not taken over."));
    var base = params.path("base_url");
    if (params.has("api_base") && params.has("base_url") && !params.path("api_base").equals(base)) {
      taken.leave(at + " base_url", "is not the same as api_base, so the model is not taken over.");
      return false;
    }
    return wrong.isEmpty();
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
            ? List.of(new Additional(model, LiteLlmProviders.model(base)))
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
    mapping(at, params, "extra_headers")
        .properties()
        .forEach(one ->
            text(at + " extra_headers", one.getValue().asText())
                .ifPresentOrElse(
                    value ->
                        Headers.put(
                            headers,
                            one.getKey(),
                            value,
                            why -> taken.leave(at + " extra_headers", why)),
                    () -> unsaid(at + " extra_headers", one.getValue())));
    text(at + " organization", params.path("organization").asText())
        .ifPresent(one ->
            Headers.put(
                headers,
                "OpenAI-Organization",
                one,
                why -> taken.leave(at + " organization", why)));
    return headers;
  }

  private void unsaid(String where, JsonNode value) {
    if (!value.asText().startsWith(FROM_ENVIRONMENT)) {
      taken.leave(where, "has a header without a text; it is left out.");
    }
  }

  private JsonNode mapping(String at, JsonNode params, String name) {
    var value = params.path(name);
    if (!value.isMissingNode() && !value.isObject()) {
      taken.leave(at + " " + name, "is no mapping, so it is left out.");
    }
    return value;
  }

  private void parameters(String at, JsonNode params, ObjectNode parameters) {
    var settings = new Settings(parameters, taken);
    params
        .properties()
        .forEach(one -> {
          if (Settings.known(one.getKey())) {
            put(settings, at + " " + one.getKey(), one.getKey(), one.getValue());
          }
        });
    mapping(at, params, "extra_body")
        .properties()
        .forEach(one -> {
          var where = at + " extra_body." + one.getKey();
          if (one.getValue().isNull()) {
            taken.leave(where, "is null, which is no value of a parameter, so it is left out.");
          } else if (Settings.known(one.getKey())) {
            put(settings, where, one.getKey(), one.getValue());
          } else if (Headers.reserved(one.getKey())) {
            taken.leave(where, "is not to be set there, so it is left out.");
          } else {
            settings.pass(where, one.getKey(), one.getValue());
          }
        });
  }

  private void put(Settings settings, String where, String name, JsonNode value) {
    if (value.asText().startsWith(FROM_ENVIRONMENT)) {
      taken.leave(where, "is in a variable, which no parameter can be, so it is left out.");
    } else {
      settings.put(where, name, value);
    }
  }

  private void rest(String at, Provider provider, JsonNode entry) {
    var params = entry.path("litellm_params");
    params
        .properties()
        .forEach(one -> {
          if (!TAKEN.contains(one.getKey()) && !Settings.known(one.getKey())) {
            taken.leave(at + " " + one.getKey(), "has no counterpart.");
          }
        });
    var azure = provider == Provider.AzureOpenAI;
    if (params.has("api_version") && !azure) {
      taken.leave(at + " api_version", "has no counterpart but for Azure.");
    }
    mapping(at, entry, "model_info")
        .properties()
        .forEach(one -> {
          if (!azure || !one.getKey().equals("base_model")) {
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

  private void ofNoModel(String at, JsonNode params) {
    params
        .properties()
        .forEach(one -> {
          if (Settings.known(one.getKey()) || one.getKey().equals("extra_body")) {
            taken.leave(at + " " + one.getKey(), "is of a pattern, so no ModelConfig has it.");
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
}
