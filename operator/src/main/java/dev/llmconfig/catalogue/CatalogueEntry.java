package dev.llmconfig.catalogue;

import dev.llmconfig.api.Provider;

/// What the packed file knows about one model, by the id that the provider's API takes. Its line is
/// taken apart when somebody asks for the facts, because most are never asked for.
public final class CatalogueEntry {

  private final Provider provider;
  private final String id;
  private final String line;
  private final CatalogueColumns columns;

  CatalogueEntry(Provider provider, String id, String line, CatalogueColumns columns) {
    this.provider = provider;
    this.id = id;
    this.line = line;
    this.columns = columns;
  }

  public Provider provider() {
    return provider;
  }

  public String id() {
    return id;
  }

  public Facts facts() {
    return columns.facts(line);
  }
}
