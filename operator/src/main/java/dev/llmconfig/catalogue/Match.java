package dev.llmconfig.catalogue;

import java.util.Optional;

/// Whether the packed file knows a model.
public sealed interface Match {

  Optional<CatalogueEntry> entry();

  /// The model itself.
  record Exact(CatalogueEntry found) implements Match {
    @Override
    public Optional<CatalogueEntry> entry() {
      return Optional.of(found);
    }
  }

  /// A model that it is a variant, a dated build or a resale of: its retirement is not this one's.
  record Approximate(CatalogueEntry found) implements Match {
    @Override
    public Optional<CatalogueEntry> entry() {
      return Optional.of(found);
    }
  }

  record Unknown() implements Match {
    @Override
    public Optional<CatalogueEntry> entry() {
      return Optional.empty();
    }
  }
}
