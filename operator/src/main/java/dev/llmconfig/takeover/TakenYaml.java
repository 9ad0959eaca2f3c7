package dev.llmconfig.takeover;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.ApiGroup;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.provider.OwnHosts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/// Drafts as YAML for Git, with what a person still has to do as comments. A key is in it as a
/// token, or not at all.
public final class TakenYaml {

  private static final String DATA_KEY = "api-key";
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .build();

  private final Optional<BiFunction<KeyDraft, String, String>> encrypting;

  /// Prints keys as this makes tokens of them.
  ///
  /// @param encrypting a draft and its key to a token; empty leaves keys out
  public TakenYaml(Optional<BiFunction<KeyDraft, String, String>> encrypting) {
    this.encrypting = encrypting;
  }

  public String of(Taken taken) {
    var text = new StringBuilder();
    if (!taken.left().isEmpty()) {
      text.append("# What has no counterpart:\n");
      taken.left().forEach(one -> comment(text, "- " + one));
    }
    for (var key : taken.keys()) {
      document(text, comments(key), key(key));
    }
    for (var model : taken.models()) {
      document(text, List.of(), model(model));
    }
    return text.toString();
  }

  private static void document(StringBuilder text, List<String> comments, ObjectNode object) {
    if (!text.isEmpty()) {
      text.append("---\n");
    }
    comments.forEach(one -> comment(text, one));
    try {
      text.append(YAML.writeValueAsString(object));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree of texts cannot be written as YAML", impossible);
    }
  }

  private static void comment(StringBuilder text, String line) {
    text.append("# ").append(line.replaceAll("\\R", " ")).append('\n');
  }

  private ObjectNode key(KeyDraft key) {
    var object = object("ApiKeyConfig", key.namespace(), key.name());
    var spec = object.putObject("spec").put("provider", key.provider().name());
    key.endpoint()
        .ifPresent(endpoint -> {
          spec.put("endpoint", endpoint.text());
          if (endpoint.scheme().equals("http")) {
            spec.put("allowInsecureEndpoint", true);
          }
        });
    switch (key.source()) {
      case KeySource.None() -> {}
      case KeySource.Variable _ -> secret(spec, key.name(), DATA_KEY);
      case KeySource.Stored(var name, var data) -> secret(spec, name, data);
      case KeySource.Named(_, var value) -> clear(spec, key, value);
      case KeySource.Clear(var value) -> clear(spec, key, value);
    }
    key.apiVersion().ifPresent(one -> spec.putObject("azure").put("apiVersion", one));
    if (!key.headers().isEmpty()) {
      var headers = spec.putArray("headers");
      key.headers().entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(
              one -> headers.addObject().put("name", one.getKey()).put("value", one.getValue()));
    }
    key.authority()
        .ifPresent(one ->
            spec.putObject("caRef")
                .put("kind", "Secret")
                .put("name", one.secret())
                .put("key", one.key()));
    if (!key.models().isEmpty()) {
      var additional = spec.putObject("models").putArray("additional");
      key.models()
          .forEach(
              one -> additional.addObject().put("id", one.id()).put("baseModel", one.baseModel()));
    }
    return object;
  }

  private void clear(ObjectNode spec, KeyDraft key, String value) {
    encrypting.ifPresentOrElse(
        encryption -> spec.put("encryptedKey", encryption.apply(key, value)),
        () -> secret(spec, key.name(), DATA_KEY));
  }

  private static void secret(ObjectNode spec, String name, String key) {
    spec.putObject("secretRef").put("name", name).put("key", key);
  }

  private List<String> comments(KeyDraft key) {
    var comments = new ArrayList<String>();
    var make =
        "kubectl create secret generic %s -n %s --from-file=%s="
            .formatted(key.name(), key.namespace(), DATA_KEY);
    Optional<String> secret =
        switch (key.source()) {
          case KeySource.None() -> Optional.empty();
          case KeySource.Variable(var variable) -> {
            comments.add("Its Secret is made of the variable:");
            comments.add(from(variable) + make + "/dev/stdin");
            yield Optional.of(key.name());
          }
          case KeySource.Stored(var name, _) -> Optional.of(name);
          case KeySource.Named(var variable, _) when encrypting.isEmpty() -> {
            comments.add("Its Secret is made of the variable:");
            comments.add(from(variable) + make + "/dev/stdin");
            yield Optional.of(key.name());
          }
          case KeySource.Clear _ when encrypting.isEmpty() -> {
            comments.add(
                "The key stands in clear in the file and is not repeated here. Put it into a file,"
                    + " and:");
            comments.add(make + "FILE");
            yield Optional.of(key.name());
          }
          case KeySource.Named _, KeySource.Clear _ -> Optional.empty();
        };
    if (!(key.source() instanceof KeySource.None)
        && key.endpoint().filter(one -> one.scheme().equals("http")).isPresent()) {
      comments.add("The endpoint is plain http, so the key travels unprotected.");
    }
    secret
        .flatMap(name -> consent(key, name))
        .ifPresent(command -> {
          comments.add("The owner of the Secret agrees that its key goes there:");
          comments.add(command);
        });
    return comments;
  }

  private static String from(String variable) {
    return variable.matches("[A-Za-z_][A-Za-z0-9_]*")
        ? "printenv %s | tr -d '\\n' | ".formatted(variable)
        : "";
  }

  private static Optional<String> consent(KeyDraft key, String secret) {
    return endpoint(key)
        .filter(endpoint -> !OwnHosts.own(key.provider(), endpoint))
        .map(endpoint ->
            "kubectl annotate secret %s -n %s '%s=%s'"
                .formatted(
                    secret, key.namespace(), Annotations.ALLOWED_ENDPOINTS, endpoint.text()));
  }

  /// Where the key goes.
  public static Optional<Endpoint> endpoint(KeyDraft key) {
    return key.endpoint().or(() -> key.provider().defaultEndpoint().flatMap(TakenYaml::parsed));
  }

  private static Optional<Endpoint> parsed(String text) {
    return Endpoint.parse(text) instanceof Validated.Valid<Endpoint>(var endpoint)
        ? Optional.of(endpoint)
        : Optional.empty();
  }

  private static ObjectNode model(ModelDraft model) {
    var object = object("ModelConfig", model.namespace(), model.name());
    var spec = object.putObject("spec");
    spec.putObject("apiKeyRef").put("name", model.key());
    spec.put("model", model.model());
    if (!model.parameters().isEmpty()) {
      spec.set("parameters", model.parameters());
    }
    if (!model.fallbacks().isEmpty()) {
      var refs = spec.putArray("fallbackRefs");
      model.fallbacks().forEach(name -> refs.addObject().put("name", name));
    }
    return object;
  }

  private static ObjectNode object(String kind, String namespace, String name) {
    var object = YAML.createObjectNode();
    object.put("apiVersion", ApiGroup.NAME + "/" + ApiGroup.V1ALPHA1).put("kind", kind);
    object.putObject("metadata").put("name", name).put("namespace", namespace);
    return object;
  }
}
