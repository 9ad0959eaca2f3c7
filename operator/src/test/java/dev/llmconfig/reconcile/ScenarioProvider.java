package dev.llmconfig.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.api.VerdictKind;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.plan.KeyAnswer;
import dev.llmconfig.plan.Offer;
import java.time.Instant;
import java.util.Optional;

/// The provider's side of a golden scenario: `heard` is the last answer, whatever it was about;
/// `offer` is a number of models, or why there is none.
record ScenarioProvider(Optional<KeyAnswer> heard, Optional<Offer> offer)
    implements KeyGathering.Providers {

  static ScenarioProvider of(JsonNode situation) {
    return new ScenarioProvider(answer(situation.path("heard")), offer(situation.path("offer")));
  }

  @Override
  public Optional<KeyAnswer> heard(ApiKey key, KeyQuestion question) {
    return heard;
  }

  @Override
  public Optional<Offer> offer(ApiKey key) {
    return offer;
  }

  private static Optional<KeyAnswer> answer(JsonNode heard) {
    return heard.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new KeyAnswer(
                VerdictReason.valueOf(heard.path("reason").asText()),
                VerdictKind.valueOf(heard.path("kind").asText()),
                Instant.parse(heard.path("at").asText("2026-11-20T11:59:58.123Z")),
                text(heard.path("requestId")),
                text(heard.path("request"))));
  }

  private static Optional<Offer> offer(JsonNode offer) {
    if (offer.isMissingNode()) {
      return Optional.empty();
    }
    return Optional.of(
        offer.isInt()
            ? new Offer.Some(offer.asInt())
            : new Offer.None(offer.path("reason").asText(), offer.path("sentence").asText()));
  }

  private static Optional<String> text(JsonNode node) {
    return node.isMissingNode() ? Optional.empty() : Optional.of(node.asText());
  }
}
