package dev.llmconfig.catalogue;

import dev.llmconfig.provider.ListedModel;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// A provider's list as facts, each with the day of the reading. Whoever keeps lists uses
/// `Facts.since`, so that a later reading that says the same keeps the day of the first.
public final class ListedFacts {

  private final Source source;
  private Facts facts = Facts.none();

  private ListedFacts(LocalDate day) {
    this.source = Source.provider(day);
  }

  /// By id.
  public static SortedMap<String, Facts> of(Iterable<ListedModel> models, LocalDate day) {
    var byId = new TreeMap<String, Facts>();
    models.forEach(model -> byId.put(model.id(), new ListedFacts(day).of(model)));
    return byId;
  }

  private Facts of(ListedModel model) {
    put(Attribute.DISPLAY_NAME, model.name());
    put(Attribute.CONTEXT_TOKENS, boxed(model.contextTokens()));
    put(Attribute.MAX_INPUT_TOKENS, boxed(model.maxInputTokens()));
    put(Attribute.MAX_OUTPUT_TOKENS, boxed(model.maxOutputTokens()));
    put(Attribute.MAX_TEMPERATURE, model.maxTemperature());
    put(Attribute.RETIRES_ON, model.retiresOn());
    put(Attribute.INPUT_PRICE, model.price().map(price -> plain(price.input())));
    put(Attribute.OUTPUT_PRICE, model.price().map(price -> plain(price.output())));
    var supported = model.supportedParameters();
    if (!supported.isEmpty()) {
      put(Attribute.TOOLS, Optional.of(supported.contains("tools")));
      put(Attribute.REASONING, Optional.of(supported.contains("reasoning")));
      put(Attribute.JSON_SCHEMA, Optional.of(supported.contains("structured_outputs")));
    }
    return facts;
  }

  private <T> void put(Attribute<T> attribute, Optional<T> value) {
    value.ifPresent(known -> facts = facts.with(attribute, known, source));
  }

  /// Equal prices are equal text, however many zeros the list has.
  private static BigDecimal plain(BigDecimal price) {
    return price.signum() == 0 ? BigDecimal.ZERO : price.stripTrailingZeros();
  }

  private static Optional<Long> boxed(OptionalLong number) {
    return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
  }
}
