package dev.llmconfig.crd;

import dev.llmconfig.api.Provider;
import dev.llmconfig.api.ReservedHeaders;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import java.util.List;
import java.util.stream.Collectors;

/// The rules of an ApiKeyConfig that follow from data: a new provider, or a new header that nobody
/// may set, is one entry there and none here.
final class ProviderRules {

  static void addTo(Schema schema) {
    var spec = schema.at("spec");
    Schema.addRule(spec, sourceUnlessKeyless());
    Schema.addRule(spec, endpointWithoutDefault());
    Schema.addRule(spec, azureOnlyThere());
    var header = schema.at("spec.headers[].name");
    Schema.addRule(
        header,
        refused(
            ReservedHeaders.CREDENTIALS,
            "a header cannot carry a credential or the host: remove it; the key belongs in"
                + " secretRef, encryptedKey or sealedKey, the host in endpoint"));
    Schema.addRule(
        header,
        refused(
            ReservedHeaders.TRANSPORT,
            "this header belongs to the HTTP connection and is set for every request: remove it"));
  }

  private static ValidationRule sourceUnlessKeyless() {
    var keyless = Provider.names(Provider::keyless);
    return new ValidationRuleBuilder()
        .withRule(
            "has(self.secretRef) || has(self.encryptedKey) || has(self.sealedKey) || self.provider in "
                + list(keyless))
        .withReason("FieldValueRequired")
        .withFieldPath(".secretRef")
        .withMessage("this provider needs a key: set secretRef, encryptedKey or sealedKey")
        .build();
  }

  private static ValidationRule endpointWithoutDefault() {
    var homeless = Provider.names(provider -> provider.defaultEndpoint().isEmpty());
    return new ValidationRuleBuilder()
        .withRule("has(self.endpoint) || !(self.provider in " + list(homeless) + ")")
        .withReason("FieldValueRequired")
        .withFieldPath(".endpoint")
        .withMessage(
            "this provider has no endpoint of its own: set endpoint to the base URL of yours, such as"
                + " https://llm.example.com/v1")
        .build();
  }

  private static ValidationRule azureOnlyThere() {
    return new ValidationRuleBuilder()
        .withRule("!has(self.azure) || self.provider == '" + Provider.AzureOpenAI + "'")
        .withReason("FieldValueForbidden")
        .withFieldPath(".azure")
        .withMessage(
            "azure is only for the provider "
                + Provider.AzureOpenAI
                + ": remove azure, or correct provider")
        .build();
  }

  private static ValidationRule refused(List<String> headers, String message) {
    return new ValidationRuleBuilder()
        .withRule("!(self.lowerAscii() in " + list(headers) + ")")
        .withReason("FieldValueForbidden")
        .withMessage(message)
        .build();
  }

  private static String list(List<String> values) {
    return values.stream()
        .map(value -> "'" + value + "'")
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private ProviderRules() {}
}
