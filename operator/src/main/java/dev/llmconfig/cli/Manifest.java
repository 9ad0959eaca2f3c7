package dev.llmconfig.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.llmconfig.api.ApiGroup;
import dev.llmconfig.api.Provider;
import dev.llmconfig.domain.Endpoint;

/// A whole ApiKeyConfig for `kubectl apply` and for Git. All texts stay quoted: a name such as
/// `1e3` or `no` is a text only then.
final class Manifest {

  private static final YAMLMapper YAML =
      YAMLMapper.builder().disable(YAMLGenerator.Feature.SPLIT_LINES).build();

  private final ObjectNode object = YAML.createObjectNode();
  private final ObjectNode spec;

  private Manifest(String namespace, String name, Provider provider) {
    object.put("apiVersion", ApiGroup.NAME + "/" + ApiGroup.V1ALPHA1);
    object.put("kind", "ApiKeyConfig");
    object.putObject("metadata").put("name", name).put("namespace", namespace);
    spec = object.putObject("spec").put("provider", provider.name());
  }

  /// From options that were all asked for with `Target`'s need methods.
  static Manifest of(Target target, Shell shell) {
    Manifest manifest =
        new Manifest(
            target.namespace().orElseThrow(),
            target.name().orElseThrow(),
            target.provider().orElseThrow());
    target.endpoint().ifPresent(endpoint -> manifest.endpoint(endpoint, shell));
    return manifest;
  }

  private void endpoint(Endpoint endpoint, Shell shell) {
    spec.put("endpoint", endpoint.text());
    if (endpoint.scheme().equals("http")) {
      spec.put("allowInsecureEndpoint", true);
      shell.warn(
          "the endpoint is plain http, so the object says allowInsecureEndpoint: true, and the key"
              + " travels unprotected.");
    }
  }

  Manifest encryptedKey(String token) {
    spec.put("encryptedKey", token);
    return this;
  }

  Manifest sealedKey(String sealed, String scope) {
    spec.putObject("sealedKey").put("encryptedData", sealed).put("scope", scope);
    return this;
  }

  String yaml() {
    try {
      return YAML.writeValueAsString(object);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree of texts cannot be written as YAML", impossible);
    }
  }
}
