package dev.llmconfig.takeover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Provider;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.takeover.KeyDraft.Additional;
import dev.llmconfig.takeover.KeyDraft.Authority;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// ModelConfigs of kagent, as `kubectl get modelconfigs.kagent.dev -o yaml` prints them. Their
/// Secrets are in the cluster already, and stay where they are.
public final class KagentObjects {

  private static final String GROUP = "kagent.dev/";
  private static final String APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private static final Map<String, Provider> PROVIDERS =
      Map.of(
          "OpenAI", Provider.OpenAI,
          "Anthropic", Provider.Anthropic,
          "AzureOpenAI", Provider.AzureOpenAI,
          "Ollama", Provider.Ollama,
          "Gemini", Provider.Google);

  private static final Map<String, String> SECTIONS =
      Map.of(
          "OpenAI", "openAI",
          "Anthropic", "anthropic",
          "AzureOpenAI", "azureOpenAI",
          "Ollama", "ollama",
          "Gemini", "gemini");

  private static final Map<String, String> PARAMETERS =
      Map.of(
          "temperature", "temperature",
          "maxTokens", "max_tokens",
          "topP", "top_p",
          "topK", "top_k",
          "frequencyPenalty", "frequency_penalty",
          "presencePenalty", "presence_penalty",
          "seed", "seed",
          "n", "n",
          "timeout", "timeout",
          "reasoningEffort", "reasoning_effort");

  private static final Set<String> PLACES =
      Set.of("baseUrl", "organization", "azureEndpoint", "apiVersion", "azureDeployment", "host");

  private static final Set<String> SPEC =
      Set.of(
          "model",
          "provider",
          "apiKeySecret",
          "apiKeySecretRef",
          "apiKeySecretKey",
          "defaultHeaders",
          "tls");

  private final Taken taken;
  private final String namespace;

  private KagentObjects(Taken taken, String namespace) {
    this.taken = taken;
    this.namespace = namespace;
  }

  /// Reads all documents.
  ///
  /// @param namespace of objects that name none
  public static Taken read(List<JsonNode> documents, String namespace) {
    var taken = new Taken();
    var objects = new KagentObjects(taken, namespace);
    for (var written : documents) {
      var document = Unset.removed(written, Set.of());
      if (document.path("kind").asText().equals("List")) {
        document.path("items").forEach(objects::object);
      } else {
        objects.object(document);
      }
    }
    return taken;
  }

  private void object(JsonNode object) {
    var kind = object.path("kind").asText();
    var name = object.at("/metadata/name").asText();
    var at = "%s %s".formatted(Taken.printable(kind), Taken.printable(name));
    if (!kind.equals("ModelConfig") || !object.path("apiVersion").asText().startsWith(GROUP)) {
      taken.leave(at, "is no ModelConfig of kagent.");
      return;
    }
    var spec = object.path("spec");
    var word = spec.path("provider").asText("OpenAI");
    var named = Optional.ofNullable(PROVIDERS.get(word));
    if (named.isEmpty()) {
      taken.leave(at + " spec.provider", "is none of ours, so the model is not taken over.");
      return;
    }
    var section = spec.path(SECTIONS.getOrDefault(word, ""));
    var written =
        section
            .path("baseUrl")
            .asText(section.path("azureEndpoint").asText(section.path("host").asText()));
    var endpoint =
        written.isBlank() ? Optional.<Endpoint>empty() : Places.parse(named.get(), written);
    var provider = Places.speaking(named.get(), endpoint);
    if (endpoint.isEmpty() && (!written.isBlank() || provider.defaultEndpoint().isEmpty())) {
      taken.leave(at, "has no address that a key may go to, so the model is not taken over.");
      return;
    }
    var place = object.at("/metadata/namespace").asText(namespace);
    var where = place.isEmpty() ? namespace : place;
    var model = spec.path("model").asText();
    var id = section.path("azureDeployment").asText(model);
    var source = source(at, where, spec);
    if (source instanceof KeySource.None && !provider.keyless()) {
      taken.leave(
          at,
          "names no Secret with a key, and %s needs one, so the model is not taken over."
              .formatted(provider));
      return;
    }
    var key =
        taken.key(
            new KeyDraft(
                where,
                // Several Secrets of one provider tell apart what they are for.
                source instanceof KeySource.Stored(var secret, _) ? secret : provider.name(),
                provider,
                endpoint.filter(one -> !Places.isDefault(provider, one)),
                source,
                Optional.of(section.path("apiVersion").asText()).filter(one -> !one.isEmpty()),
                headers(at, spec, section),
                id.equals(model) ? List.of() : List.of(new Additional(id, model)),
                authority(at, spec.path("tls"))));
    var parameters = JsonNodeFactory.instance.objectNode();
    parameters(at, section, parameters);
    taken.model(new ModelDraft(where, name, key.name(), id, name, parameters, List.of()));
    spec.properties()
        .forEach(one -> {
          if (!SPEC.contains(one.getKey()) && !one.getKey().equals(SECTIONS.get(word))) {
            taken.leave(at + " spec." + one.getKey(), "has no counterpart.");
          }
        });
    for (var notes : List.of("labels", "annotations")) {
      object
          .at("/metadata/" + notes)
          .propertyStream()
          .filter(one -> !one.getKey().equals(APPLIED))
          .findFirst()
          .ifPresent(_ -> taken.leave(at + " metadata." + notes, "is not taken over."));
    }
  }

  private KeySource source(String at, String namespace, JsonNode spec) {
    var secret = spec.path("apiKeySecret").asText(spec.path("apiKeySecretRef").asText());
    if (spec.has("apiKeySecret")
        && spec.has("apiKeySecretRef")
        && !spec.path("apiKeySecretRef").asText().equals(secret)) {
      taken.leave(at + " spec.apiKeySecretRef", "is not the same as apiKeySecret, which is taken.");
    }
    var slash = secret.indexOf('/');
    if (slash >= 0 && !secret.substring(0, slash).equals(namespace)) {
      taken.leave(
          at + " spec.apiKeySecretRef",
          "is in another namespace; copy the Secret to the namespace of the object.");
    }
    var name = secret.substring(slash + 1);
    if (name.isEmpty()) {
      return new KeySource.None();
    }
    var key = spec.path("apiKeySecretKey").asText();
    return new KeySource.Stored(name, key.isEmpty() ? "api-key" : key);
  }

  private Map<String, String> headers(String at, JsonNode spec, JsonNode section) {
    var headers = new TreeMap<String, String>();
    spec.path("defaultHeaders")
        .properties()
        .forEach(one ->
            Headers.put(
                headers,
                one.getKey(),
                one.getValue().asText(),
                why -> taken.leave(at + " spec.defaultHeaders", why)));
    if (section.has("organization")) {
      Headers.put(
          headers,
          "OpenAI-Organization",
          section.path("organization").asText(),
          why -> taken.leave(at + " organization", why));
    }
    return headers;
  }

  private Optional<Authority> authority(String at, JsonNode tls) {
    tls.properties()
        .forEach(one -> {
          if (!Set.of("caCertSecretRef", "caCertSecretKey").contains(one.getKey())
              && one.getValue().asBoolean()) {
            taken.leave(
                at + " spec.tls." + one.getKey(),
                "has no counterpart: a certificate is always checked.");
          }
        });
    return tls.hasNonNull("caCertSecretRef")
        ? Optional.of(
            new Authority(
                tls.path("caCertSecretRef").asText(), tls.path("caCertSecretKey").asText("ca.crt")))
        : Optional.empty();
  }

  private void parameters(String at, JsonNode section, ObjectNode parameters) {
    var settings = new Settings(parameters, taken);
    section
        .properties()
        .forEach(one -> {
          var name = PARAMETERS.get(one.getKey());
          if (name != null) {
            settings.put(at + " " + one.getKey(), name, Settings.number(one.getValue()));
          } else if (!PLACES.contains(one.getKey())) {
            taken.leave(at + " " + one.getKey(), "has no counterpart.");
          }
        });
  }
}
