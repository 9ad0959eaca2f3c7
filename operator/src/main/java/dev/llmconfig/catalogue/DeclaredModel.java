package dev.llmconfig.catalogue;

/// A model that an object names by hand (`models.additional`), with what it says about it. Its
/// facts have the source `override`. Where no base is declared, the id itself is looked up.
public record DeclaredModel(String id, String base, Facts facts) {

  public static DeclaredModel of(String id) {
    return new DeclaredModel(id, "", Facts.none());
  }

  public DeclaredModel basedOn(String model) {
    return new DeclaredModel(id, model, facts);
  }

  public <T> DeclaredModel with(Attribute<T> attribute, T value) {
    return new DeclaredModel(id, base, facts.with(attribute, value, Source.override()));
  }
}
