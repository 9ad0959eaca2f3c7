package dev.llmconfig.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.api.EmptyListReason;
import dev.llmconfig.api.VerdictKind;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.catalogue.KeptList;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.plan.FreshList;
import dev.llmconfig.plan.KeyAnswer;
import dev.llmconfig.provider.ListedModel;
import dev.llmconfig.provider.Models;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The provider's side of a golden scenario: `heard` is the last answer, whatever it was about;
/// `list` is what it said last of its models: their ids, or one word why there are none.
record ScenarioProvider(Optional<KeyAnswer> heard, Optional<FreshList> list)
    implements KeyGathering.Providers {

  private static final String JUST_NOW = "2026-11-20T11:59:58.123Z";

  static ScenarioProvider of(JsonNode situation) {
    return new ScenarioProvider(answer(situation.path("heard")), list(situation.path("list")));
  }

  @Override
  public Optional<KeyAnswer> heard(ApiKey key, KeyQuestion question) {
    return heard;
  }

  @Override
  public Optional<FreshList> list(ApiKey key, KeyQuestion question) {
    return list;
  }

  private static Optional<KeyAnswer> answer(JsonNode heard) {
    return heard.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new KeyAnswer(
                VerdictReason.valueOf(heard.path("reason").asText()),
                VerdictKind.valueOf(heard.path("kind").asText()),
                Instant.parse(heard.path("at").asText(JUST_NOW)),
                text(heard.path("requestId")),
                text(heard.path("request"))));
  }

  private static Optional<FreshList> list(JsonNode list) {
    if (list.isMissingNode()) {
      return Optional.empty();
    }
    var at = Instant.parse(list.path("at").asText(JUST_NOW));
    return Optional.of(
        new FreshList(
            KeptList.of(models(list), LocalDate.ofInstant(at, ZoneOffset.UTC)),
            VerdictKind.valueOf(list.path("kind").asText("Accepted")),
            at,
            list.path("forItself").asBoolean()));
  }

  private static Models models(JsonNode list) {
    if (list.has("models")) {
      var models = new ArrayList<ListedModel>();
      list.path("models")
          .forEach(model ->
              models.add(
                  new ListedModel(
                      model.path("id").asText(model.asText()),
                      Optional.empty(),
                      model.has("contextTokens")
                          ? OptionalLong.of(model.path("contextTokens").asLong())
                          : OptionalLong.empty(),
                      OptionalLong.empty(),
                      OptionalLong.empty(),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty(),
                      Set.of())));
      return new Models.Listed(models, true);
    }
    return list.has("empty")
        ? new Models.Empty(EmptyListReason.valueOf(list.path("empty").asText()))
        : new Models.NotRead(VerdictReason.valueOf(list.path("unread").asText()));
  }

  private static Optional<String> text(JsonNode node) {
    return node.isMissingNode() ? Optional.empty() : Optional.of(node.asText());
  }
}
