package dev.llmconfig.cli;

import dev.llmconfig.api.Provider;
import dev.llmconfig.catalogue.AllowList;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.catalogue.DeclaredModel;
import dev.llmconfig.catalogue.Facts;
import dev.llmconfig.catalogue.ListReading;
import dev.llmconfig.catalogue.ModelFacts;
import dev.llmconfig.catalogue.ModelList;
import dev.llmconfig.catalogue.Retirement;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// The models to print, and where their names come from.
///
/// @param empty why there is none, where there is none
record ModelListing(
    Provider provider,
    Origin origin,
    Catalogue catalogue,
    List<Row> rows,
    Optional<ModelList.Empty> empty) {

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
    var none =
        new ModelList.Empty(
            "NotInCatalogue",
            "The catalogue has no models of %s; its own list has them.".formatted(provider));
    return new ModelListing(provider, Origin.Catalogue, catalogue, rows, unless(rows, none));
  }

  static ModelListing ofList(
      Catalogue catalogue, Provider provider, ListReading reading, LocalDate today) {
    return switch (ModelList.of(
        catalogue, provider, reading, List.of(), new AllowList(List.of()))) {
      case ModelList.Offered(var models) ->
          new ModelListing(
              provider,
              Origin.Provider,
              catalogue,
              models.stream()
                  .map(model ->
                      new Row(model, Retirement.of(model, today, Retirement.Listing.Listed)))
                  .toList(),
              Optional.empty());
      case ModelList.Empty why ->
          new ModelListing(provider, Origin.Provider, catalogue, List.of(), Optional.of(why));
    };
  }

  ModelListing onlyRetiring() {
    var left = rows.stream().filter(row -> row.retirement().isPresent()).toList();
    var none =
        new ModelList.Empty(
            "NoneRetiring",
            "No model of %s is known to retire within 90 days.".formatted(provider));
    return new ModelListing(provider, origin, catalogue, left, empty.or(() -> unless(left, none)));
  }

  private static Optional<ModelList.Empty> unless(List<Row> rows, ModelList.Empty none) {
    return rows.isEmpty() ? Optional.of(none) : Optional.empty();
  }
}
