package dev.llmconfig.catalogue;

import dev.llmconfig.api.Provider;

/// What the packed file knows about one model, by the id that the provider's API takes.
public record CatalogueEntry(Provider provider, String id, Facts facts) {}
