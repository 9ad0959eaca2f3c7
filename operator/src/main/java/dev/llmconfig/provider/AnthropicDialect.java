package dev.llmconfig.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.TokenField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The dialect of Anthropic's Messages API.
final class AnthropicDialect implements WireDialect {

  @Override
  public Map<String, String> headers() {
    return Map.of("anthropic-version", "2023-06-01");
  }

  @Override
  public Optional<List<ListedModel>> models(JsonNode page) {
    JsonNode data = page.path("data");
    if (!data.isArray()) {
      return Optional.empty();
    }
    List<ListedModel> models = new ArrayList<>();
    for (JsonNode entry : data) {
      Fields.text(entry, "id").map(id -> listed(id, entry)).ifPresent(models::add);
    }
    return models.isEmpty() && !data.isEmpty() ? Optional.empty() : Optional.of(models);
  }

  @Override
  public Optional<String> nextPage(JsonNode page) {
    return page.path("has_more").asBoolean()
        ? Fields.text(page, "last_id").map(id -> "after_id=" + Paths.encoded(id))
        : Optional.empty();
  }

  @Override
  public Optional<Call> tokens(Target target, String model) {
    return Optional.of(
        Call.post(
            Purpose.Tokens,
            target.destination(),
            root(target) + "/v1/messages/count_tokens",
            ping(model),
            body -> body.path("input_tokens").isNumber()));
  }

  /// Its limit is mandatory and has one name only.
  @Override
  public Call completion(Target target, Completion asked, TokenField field) {
    ObjectNode body = ping(asked.model()).put("max_tokens", OpenAiDialect.FEW_TOKENS);
    return chat(target, asked, Delivery.Whole, body);
  }

  @Override
  public Call chat(Target target, Completion asked, Delivery delivery, ObjectNode body) {
    Call call =
        Call.post(
            Purpose.Completion,
            target.destination(),
            root(target) + "/v1/messages",
            body,
            answer -> answer.path("content").isArray());
    return delivery == Delivery.Streamed ? call.streamed() : call;
  }

  @Override
  public String root(Target target) {
    return Paths.root(target, List.of("/v1"));
  }

  private static ObjectNode ping(String model) {
    ObjectNode body = Json.object().put("model", model);
    body.putArray("messages").addObject().put("role", "user").put("content", "ping");
    return body;
  }

  private static ListedModel listed(String id, JsonNode entry) {
    return new ListedModel(
        id,
        Fields.text(entry, "display_name"),
        OptionalLong.empty(),
        Fields.count(entry, "max_input_tokens"),
        Fields.count(entry, "max_tokens"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Set.of());
  }
}
