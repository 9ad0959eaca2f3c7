package dev.llmconfig.catalogue;

import dev.llmconfig.api.Provider;
import dev.llmconfig.api.TokenField;
import java.time.LocalDate;
import java.util.Optional;

/// What is known about one model of one provider, each fact with its source. `base` is the model
/// behind the id, empty where only the person knows who made the deployment.
public record ModelFacts(
    Provider provider, String id, String base, Match match, ModelRule rule, Facts facts) {

  static ModelFacts merge(Provider provider, String id, String base, Match match, Facts stated) {
    var rule = ModelRules.find(provider, base.isEmpty() ? id : base, stated);
    // For sampling a rule knows better than the sources, which do not keep most refusals.
    var merged =
        rule.facts().get(Attribute.SAMPLING).isPresent()
            ? stated.without(Attribute.SAMPLING).orElse(rule.facts())
            : stated.orElse(rule.facts());
    return new ModelFacts(provider, id, base, match, rule, merged);
  }

  /// Whether the catalogue knows the model, or its name says enough.
  public boolean known() {
    return !(match instanceof Match.Unknown) || !rule.equals(ModelRule.NONE);
  }

  /// Whether the facts are those of a near relation.
  public boolean approximate() {
    return match instanceof Match.Approximate;
  }

  public Optional<Sampling> sampling() {
    return facts.value(Attribute.SAMPLING);
  }

  public Optional<LocalDate> retiresOn() {
    return facts.value(Attribute.RETIRES_ON);
  }

  /// The most output tokens that it can be asked for, as far as anybody says.
  public Optional<Long> outputLimit() {
    return OutputLimit.of(facts).map(Fact::value);
  }

  /// The field of a chat completion that carries the output limit. Azure's depends on the base
  /// model; an unknown one gets the newer field, and a refusal of it is tried once with the other.
  public TokenField tokenField() {
    if (provider != Provider.AzureOpenAI || base.isEmpty()) {
      return provider.tokenField();
    }
    return ModelRules.takesCompletionTokens(base)
        ? TokenField.MaxCompletionTokens
        : TokenField.MaxTokens;
  }

  /// The name that rules by name look at.
  String family() {
    return IdForms.family(base.isEmpty() ? id : base);
  }
}
