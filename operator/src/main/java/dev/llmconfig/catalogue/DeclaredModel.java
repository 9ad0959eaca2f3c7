package dev.llmconfig.catalogue;

import dev.llmconfig.domain.ModelSelection;

/// A model that an object names by hand (`models.additional`), with what it says about it. Its
/// facts have the source `override`. Where no base is declared, the id itself is looked up.
public record DeclaredModel(String id, String base, Facts facts) {

  public static DeclaredModel of(String id) {
    return new DeclaredModel(id, "", Facts.none());
  }

  public static DeclaredModel of(ModelSelection.Additional model) {
    var declared = of(model.id()).basedOn(model.baseModel().orElse(""));
    if (model.contextTokens().isPresent()) {
      declared = declared.with(Attribute.CONTEXT_TOKENS, (long) model.contextTokens().getAsInt());
    }
    return model.maxOutputTokens().isPresent()
        ? declared.with(Attribute.MAX_OUTPUT_TOKENS, (long) model.maxOutputTokens().getAsInt())
        : declared;
  }

  public DeclaredModel basedOn(String model) {
    return new DeclaredModel(id, model, facts);
  }

  public <T> DeclaredModel with(Attribute<T> attribute, T value) {
    return new DeclaredModel(id, base, facts.with(attribute, value, Source.override()));
  }
}
