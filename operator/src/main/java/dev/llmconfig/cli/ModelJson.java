package dev.llmconfig.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.catalogue.Attribute;
import dev.llmconfig.catalogue.Efforts;
import dev.llmconfig.catalogue.Fact;
import dev.llmconfig.catalogue.Retirement;
import dev.llmconfig.catalogue.Source;
import java.math.BigDecimal;

/// A listing for machines: each fact is an object with its value, its source and the day of it, and
/// what is not known is absent. Money is text, so that no reader makes binary fractions of it.
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
    row.model()
        .facts()
        .forEach((attribute, fact) -> model.set(attribute.name(), fact(attribute, fact)));
    row.retirement().ifPresent(retirement -> model.set("retirement", retirement(retirement)));
    return model;
  }

  private static ObjectNode fact(Attribute<?> attribute, Fact<?> fact) {
    var node = JSON.createObjectNode();
    switch (fact.value()) {
      case Boolean yes -> node.put("value", yes);
      case Long number -> node.put("value", number);
      case Efforts efforts -> {
        var words = node.putArray("value");
        efforts.words().forEach(words::add);
      }
      case BigDecimal degree when attribute.equals(Attribute.MAX_TEMPERATURE) ->
          node.put("value", degree);
      case BigDecimal money -> node.put("value", money.toPlainString());
      case Object other -> node.put("value", other.toString());
    }
    node.put("source", fact.source().label());
    fact.source().asOf().ifPresent(day -> node.put("asOf", day.toString()));
    return node;
  }

  private static ObjectNode retirement(Retirement retirement) {
    return JSON.createObjectNode()
        .put("reason", retirement.band().reason().name())
        .put("band", retirement.band().name())
        .put("sentence", retirement.sentence());
  }
}
