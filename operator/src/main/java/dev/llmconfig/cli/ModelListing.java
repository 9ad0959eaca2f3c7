package dev.llmconfig.cli;

import dev.llmconfig.api.Provider;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.catalogue.DeclaredModel;
import dev.llmconfig.catalogue.Facts;
import dev.llmconfig.catalogue.ModelFacts;
import dev.llmconfig.catalogue.Retirement;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// The models to print, and where their names come from.
///
/// @param origin whose list it is
/// @param empty why there is none, where there is none
record ModelListing(
    Provider provider, Origin origin, Catalogue catalogue, List<Row> rows, Optional<String> empty) {

  enum Origin {
    /// The packed file: models that there were when it was made.
    Catalogue,
    /// The provider's own list, of today and for one key.
    Provider
  }

  record Row(ModelFacts model, Optional<Retirement> retirement) {}

  static ModelListing ofCatalogue(Catalogue catalogue, Provider provider, LocalDate today) {
    var rows =
        catalogue.entries(provider).stream()
            // At Azure a name alone says nothing; here it is the name of a base model.
            .map(entry -> DeclaredModel.of(entry.id()).basedOn(entry.id()))
            .map(model -> catalogue.describe(provider, model, Facts.none()))
            .map(model -> new Row(model, Retirement.of(model, today, Retirement.Listing.Unknown)))
            .toList();
    return new ModelListing(
        provider,
        Origin.Catalogue,
        catalogue,
        rows,
        rows.isEmpty()
            ? Optional.of(
                "The catalogue has no models of %s; its own list has them.".formatted(provider))
            : Optional.empty());
  }

  ModelListing onlyRetiring() {
    var left = rows.stream().filter(row -> row.retirement().isPresent()).toList();
    return new ModelListing(
        provider,
        origin,
        catalogue,
        left,
        left.isEmpty() && empty.isEmpty()
            ? Optional.of("No model of %s is known to retire within 90 days.".formatted(provider))
            : empty);
  }
}
