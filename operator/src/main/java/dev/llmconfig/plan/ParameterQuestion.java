package dev.llmconfig.plan;

import dev.llmconfig.api.Provider;
import dev.llmconfig.api.UnsupportedParameters;
import dev.llmconfig.catalogue.DeclaredModel;
import dev.llmconfig.catalogue.ModelFacts;
import dev.llmconfig.catalogue.ParameterMapping;
import dev.llmconfig.domain.ParameterDecision;
import dev.llmconfig.domain.Parameters;
import dev.llmconfig.domain.RequestFormat;
import java.util.Optional;
import java.util.TreeMap;

/// What is asked of a model, and all that was declared and counts for the answer.
///
/// @param format the request that is made with it; empty for the one that is usual for the model
public record ParameterQuestion(
    Provider provider,
    DeclaredModel model,
    Parameters asked,
    UnsupportedParameters policy,
    Optional<RequestFormat> format) {

  public ParameterDecision decide(ModelFacts facts) {
    return ParameterMapping.decide(
        asked, facts, format.orElseGet(() -> ParameterMapping.usualFormat(facts)), policy);
  }

  /// Whether it is the policy alone that refuses.
  boolean refusedByPolicy(ModelFacts facts) {
    return policy == UnsupportedParameters.Reject
        && new ParameterQuestion(provider, model, asked, UnsupportedParameters.Drop, format)
                .decide(facts)
            instanceof ParameterDecision.Send;
  }

  /// A name for what was declared, such as `i-0123456789`; what is known of the model is not in it.
  String name() {
    var facts = new TreeMap<String, String>();
    model
        .facts()
        .forEach((attribute, fact) -> facts.put(attribute.name(), fact.value().toString()));
    return ContentName.of("declared")
        .part("provider", provider.name())
        .part("model", model.id())
        .part("base", model.base())
        .part("facts", facts)
        .part("asked", asked)
        .part("policy", policy.name())
        .part("format", format.map(Enum::name))
        .text("i-");
  }
}
