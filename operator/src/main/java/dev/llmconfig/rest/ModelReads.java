package dev.llmconfig.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Provider;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.catalogue.FactsJson;
import dev.llmconfig.domain.KeyPhase;
import dev.llmconfig.mirror.KeyRow;
import dev.llmconfig.mirror.OfferedModels;
import dev.llmconfig.mirror.Readiness;
import dev.llmconfig.mirror.Stored;
import dev.llmconfig.rest.shape.OfferedModel;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Models: what a key offers, and what the catalogue knows. Nobody is asked for either.
final class ModelReads {

  static final List<String> SORTABLE = List.of("name", "provider");
  static final List<String> CAPABILITIES = List.of("tools", "vision", "reasoning", "jsonSchema");

  private static final int RETIRING_DAYS = 90;

  private static final Listing.Order<OfferedModel> ORDER =
      new Listing.Order<>(
          model -> model.provider() + "/" + model.model(),
          Map.of(
              "name",
              OfferedModel::model,
              "provider",
              model -> model.provider() == null ? "" : model.provider()));

  private final MirrorAnswers answers;
  private final Catalogue catalogue;
  private final InstantSource clock;

  ModelReads(MirrorAnswers answers, Catalogue catalogue, InstantSource clock) {
    this.answers = answers;
    this.catalogue = catalogue;
    this.clock = clock;
  }

  /// Of one key.
  Answer ofKey(Asked asked) {
    return answers.listWith(
        asked,
        view -> {
          var key =
              view.key(asked.ref())
                  .map(Stored::row)
                  .orElseThrow(() ->
                      Refusal.of(
                          ProblemReason.ApiKeyNotFound,
                          "There is no such object in this namespace."));
          var offered = view.models(key.ref());
          var models =
              offered.stream()
                  .flatMap(list -> list.models().stream())
                  .map(model ->
                      shape(
                          offeredId(asked.id(), model.id()),
                          key.declared().provider(),
                          model.id(),
                          Wire.object(model.facts())))
                  .filter(model -> Told.found(asked.query(), model.model(), model.displayName()))
                  .toList();
          return new MirrorAnswers.Rows<>(
              Listing.of(models, ORDER, asked.query()), standing(key, offered));
        });
  }

  /// How the list came about. Why there is none to choose from is in the row of the key.
  static ObjectNode standing(KeyRow key, Optional<OfferedModels> offered) {
    var standing = Wire.object();
    var empty = key.told().emptyList();
    var none = offered.map(list -> list.models().isEmpty()).orElse(true);
    var asked = offered.flatMap(OfferedModels::askedAt);
    var heard = key.told().phase() == KeyPhase.Ready || key.told().phase() == KeyPhase.Untested;
    standing.put(
        "status", none ? "Failed" : asked.isEmpty() ? "Fallback" : heard ? "Fresh" : "Cached");
    var why = KeyTold.why(key);
    empty
        .filter(one -> !one.reason().equals(why.reason()))
        .map(one -> new Readiness("", one.reason(), one.message()))
        .or(() -> heard ? Optional.empty() : Optional.of(why))
        .filter(one -> !one.reason().isEmpty())
        .ifPresent(one -> standing.put("reason", one.reason()).put("sentence", one.message()));
    asked.ifPresent(at -> standing.put("at", at));
    standing.put("hiddenByAllow", offered.map(OfferedModels::hidden).orElse(0));
    return standing;
  }

  /// Everything that is packed into this version.
  Answer ofCatalogue(Asked asked) {
    var query = asked.query();
    var models =
        Stream.of(Provider.values())
            .filter(provider -> query.allows("provider", provider.name()))
            .flatMap(provider ->
                catalogue.entries(provider).stream()
                    .map(entry ->
                        shape(null, provider.name(), entry.id(), FactsJson.of(entry.facts()))))
            .filter(model -> Told.found(query, model.model(), model.displayName()))
            .filter(model -> model.capabilities().containsAll(query.all("capability")))
            .filter(model -> atLeast(query, model))
            .filter(model -> atMost(query, model.price()))
            .filter(model ->
                query.one("retiring").isEmpty()
                    || query.one("retiring").get().equals(Boolean.toString(retiring(model))))
            .toList();
    var body = MirrorAnswers.page(Listing.of(models, ORDER, query));
    body.put("stale", false);
    body.put("asOf", catalogue.asOf().toString());
    return Answer.json(body);
  }

  /// Where no source states the whole window, what it takes in is the least that it has.
  static @Nullable Long window(OfferedModel model) {
    return model.contextTokens() == null
        ? number(model.facts(), "maxInputTokens")
        : model.contextTokens();
  }

  static boolean atLeast(Query query, OfferedModel model) {
    var tokens = window(model);
    return query
        .one("minContext")
        .map(Long::parseLong)
        .map(least -> tokens != null && tokens >= least)
        .orElse(true);
  }

  /// Dollars per million tokens of input.
  private static boolean atMost(Query query, OfferedModel.@Nullable Price price) {
    return query
        .one("maxPrice")
        .map(BigDecimal::new)
        .map(most ->
            price != null
                && price.input() != null
                && new BigDecimal(price.input()).compareTo(most) <= 0)
        .orElse(true);
  }

  private boolean retiring(OfferedModel model) {
    return model.retiresOn() != null
        && LocalDate.parse(model.retiresOn())
            .isBefore(
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(RETIRING_DAYS + 1L));
  }

  static OfferedModel shape(@Nullable String id, String provider, String model, ObjectNode facts) {
    return new OfferedModel(
        id,
        Told.unlessEmpty(provider),
        model,
        text(facts, "displayName"),
        number(facts, "contextTokens"),
        number(facts, "maxOutputTokens"),
        price(facts),
        CAPABILITIES.stream().filter(name -> value(facts, name).asBoolean(false)).toList(),
        text(facts, "retiresOn"),
        facts);
  }

  private static OfferedModel.@Nullable Price price(ObjectNode facts) {
    var input = text(facts, "inputUsdPerMillion");
    var output = text(facts, "outputUsdPerMillion");
    return input == null && output == null
        ? null
        : new OfferedModel.Price(input, output, "1M", "USD");
  }

  private static JsonNode value(ObjectNode facts, String name) {
    return facts.path(name).path("value");
  }

  private static @Nullable String text(ObjectNode facts, String name) {
    return Told.unlessEmpty(value(facts, name).asText(""));
  }

  private static @Nullable Long number(ObjectNode facts, String name) {
    var value = value(facts, name);
    return value.isNumber() ? value.longValue() : null;
  }

  /// With every byte that a proxy could damage written as a tilde and two digits.
  static String offeredId(String key, String model) {
    var id = new StringBuilder(key).append(':');
    for (byte one : model.getBytes(StandardCharsets.UTF_8)) {
      var sign = (char) (one & 0xff);
      if (sign < 0x80 && (Character.isLetterOrDigit(sign) || "._:-".indexOf(sign) >= 0)) {
        id.append(sign);
      } else {
        id.append("~%02X".formatted((int) sign));
      }
    }
    return id.toString();
  }

  static Parameter capability() {
    return new Parameter(
        "capability",
        "Only models that have all of these.",
        new Parameter.Word(CAPABILITIES),
        true);
  }

  static Parameter provider() {
    return new Parameter(
        "provider",
        "Only of these providers.",
        new Parameter.Word(Arrays.stream(Provider.values()).map(Enum::name).toList()),
        true);
  }
}
