package dev.llmconfig.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.catalogue.FactsJson;
import dev.llmconfig.catalogue.Retirement;
import dev.llmconfig.catalogue.Source;

/// A listing for machines.
final class ModelJson {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ModelJson() {}

  static String of(ModelListing listing) {
    var root = JSON.createObjectNode();
    root.put("provider", listing.provider().name());
    root.put("list", listing.origin().name());
    var catalogue = root.putObject("catalogue");
    catalogue.put("asOf", listing.catalogue().asOf().toString());
    var sources = catalogue.putArray("sources");
    listing.catalogue().sources().stream().map(Source::label).forEach(sources::add);
    var models = root.putArray("models");
    listing.rows().forEach(row -> models.add(model(row)));
    listing
        .empty()
        .ifPresent(why ->
            root.putObject("empty").put("reason", why.reason()).put("sentence", why.sentence()));
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode model(ModelListing.Row row) {
    var model = JSON.createObjectNode();
    model.put("id", row.model().id());
    model.put("known", row.model().known());
    model.put("approximate", row.model().approximate());
    FactsJson.put(model, row.model().facts());
    row.retirement().ifPresent(retirement -> model.set("retirement", retirement(retirement)));
    return model;
  }

  private static ObjectNode retirement(Retirement retirement) {
    return JSON.createObjectNode()
        .put("reason", retirement.band().reason().name())
        .put("band", retirement.band().name())
        .put("sentence", retirement.sentence());
  }
}
