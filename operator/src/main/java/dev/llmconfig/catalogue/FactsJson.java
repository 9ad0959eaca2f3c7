package dev.llmconfig.catalogue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.LocalDate;

/// Facts for machines: each is an object with its value, its source and the day of it, and what is
/// not known is absent. Money is text, so that no reader makes binary fractions of it.
public final class FactsJson {

  private static final String LISTED = Source.provider(LocalDate.EPOCH).label();

  private FactsJson() {}

  public static ObjectNode of(Facts facts) {
    var node = JsonNodeFactory.instance.objectNode();
    put(node, facts);
    return node;
  }

  public static void put(ObjectNode node, Facts facts) {
    facts.forEach((attribute, fact) -> put(node.putObject(attribute.name()), attribute, fact));
  }

  private static void put(ObjectNode node, Attribute<?> attribute, Fact<?> fact) {
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
  }

  /// What of such an object the provider's own list says. The rest is known without it.
  public static Facts listed(ObjectNode node) {
    var facts = Facts.none();
    for (var attribute : Attribute.ALL) {
      var fact = node.path(attribute.name());
      if (fact.path("source").asText().equals(LISTED)) {
        facts = KeptListJson.with(facts, attribute, fact.path("value"), fact.path("asOf").asText());
      }
    }
    return facts;
  }
}
