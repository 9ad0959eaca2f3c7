package dev.llmconfig.cli;

import dev.llmconfig.catalogue.Attribute;
import dev.llmconfig.catalogue.Efforts;
import dev.llmconfig.catalogue.Fact;
import dev.llmconfig.catalogue.Facts;
import dev.llmconfig.catalogue.Retirement;
import dev.llmconfig.catalogue.Source;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A listing for people. A letter behind each value says whose it is, and the legend says whose the
/// letter is.
final class ModelTable {

  private static final String UNKNOWN = "-";
  private static final List<Attribute<Boolean>> CAPABILITIES =
      List.of(Attribute.REASONING, Attribute.TOOLS, Attribute.VISION, Attribute.JSON_SCHEMA);

  private final ModelListing listing;
  private final Map<Source, String> letters = new TreeMap<>(Comparator.comparing(Source::inWords));

  private ModelTable(ModelListing listing) {
    this.listing = listing;
    var sources = new TreeSet<Source>(Comparator.comparing(Source::inWords));
    listing
        .rows()
        .forEach(row -> row.model().facts().forEach((_, fact) -> sources.add(fact.source())));
    sources.forEach(source -> letters.put(source, letter(letters.size())));
  }

  static String of(ModelListing listing) {
    return listing.rows().isEmpty() ? "" : new ModelTable(listing).text();
  }

  private String text() {
    var rows = new ArrayList<List<String>>();
    rows.add(
        List.of(
            "MODEL",
            "MODE",
            "CONTEXT",
            "INPUT",
            "OUTPUT",
            "USD IN",
            "USD OUT",
            "USD CACHED",
            "CAN",
            "EFFORTS",
            "SAMPLING",
            "RETIRES"));
    listing.rows().forEach(row -> rows.add(cells(row)));
    return TextTable.of(rows) + "\n" + legend();
  }

  private List<String> cells(ModelListing.Row row) {
    var facts = row.model().facts();
    return List.of(
        row.model().id() + (row.model().approximate() ? " ~" : ""),
        cell(facts, Attribute.MODE),
        cell(facts, Attribute.CONTEXT_TOKENS),
        cell(facts, Attribute.MAX_INPUT_TOKENS),
        facts
            .get(Attribute.MAX_OUTPUT_TOKENS)
            .map(limit -> marked(limit.value() + (repeated(facts) ? "*" : ""), limit))
            .orElse(UNKNOWN),
        cell(facts, Attribute.INPUT_PRICE),
        cell(facts, Attribute.OUTPUT_PRICE),
        cell(facts, Attribute.CACHE_READ_PRICE),
        capabilities(facts),
        cell(facts, Attribute.EFFORTS),
        cell(facts, Attribute.SAMPLING),
        facts
            .get(Attribute.RETIRES_ON)
            .map(day -> marked(day.value() + (past(row.retirement()) ? "!" : ""), day))
            .orElse(UNKNOWN));
  }

  private <T> String cell(Facts facts, Attribute<T> attribute) {
    return facts.get(attribute).map(fact -> marked(words(fact.value()), fact)).orElse(UNKNOWN);
  }

  private static String words(Object value) {
    return switch (value) {
      case BigDecimal money -> money.toPlainString();
      case Efforts efforts -> String.join(",", efforts.words());
      case Object other -> other.toString();
    };
  }

  /// What the model can do and what it cannot; what nobody says is left out.
  private String capabilities(Facts facts) {
    var said =
        CAPABILITIES.stream()
            .flatMap(capability ->
                facts.get(capability).stream()
                    .map(fact -> fact.value() ? capability.name() : "no " + capability.name()))
            .collect(Collectors.joining(","));
    var whose =
        CAPABILITIES.stream()
            .flatMap(capability -> facts.get(capability).stream())
            .map(fact -> letters.get(fact.source()))
            .distinct()
            .sorted()
            .collect(Collectors.joining());
    return said.isEmpty() ? UNKNOWN : said + " " + whose;
  }

  private String marked(String value, Fact<?> fact) {
    return value + " " + letters.get(fact.source());
  }

  private static boolean repeated(Facts facts) {
    return facts.says(Attribute.OUTPUT_LIMIT_TRUSTED, false);
  }

  private static boolean past(Optional<Retirement> retirement) {
    return retirement.filter(one -> one.band() == Retirement.Band.Past).isPresent();
  }

  private String legend() {
    var whose =
        letters.entrySet().stream().map(one -> one.getValue() + "  " + one.getKey().inWords());
    var signs =
        Stream.of(
            "-  nobody says",
            "*  only repeats the input limit, so the limit itself is not known",
            "~  facts of a near relation (a variant, a dated build, the vendor's own model)",
            "!  the day has passed",
            "Limits are tokens; prices are US dollars per million tokens, without tiers and discounts.",
            "%d models of %s, %s; catalogue of %s."
                .formatted(
                    listing.rows().size(),
                    listing.provider(),
                    listing.origin() == ModelListing.Origin.Provider
                        ? "from its own list"
                        : "from the catalogue",
                    listing.catalogue().asOf()));
    return Stream.concat(whose, signs).collect(Collectors.joining("\n", "", "\n"));
  }

  private static String letter(int index) {
    return String.valueOf((char) ('a' + index));
  }
}
