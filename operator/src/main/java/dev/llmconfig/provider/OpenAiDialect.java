package dev.llmconfig.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.TokenField;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/// The dialect of OpenAI, which most others speak, too.
class OpenAiDialect implements WireDialect {

  /// The smallest limit that `/responses` takes; reasoning models spend it on thinking, and that is
  /// an answer as well.
  static final int FEW_TOKENS = 16;

  private static final int PER_MILLION = 6;

  @Override
  public Optional<Call> key(Target target) {
    return target
        .provider()
        .keyCall()
        .map(path ->
            Call.get(Purpose.Key, target.destination(), root(target) + path, this::aboutKey));
  }

  @Override
  public Optional<List<ListedModel>> models(JsonNode page) {
    JsonNode data = page.isArray() ? page : page.path("data");
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
  public Call completion(Target target, Completion asked, TokenField field) {
    ObjectNode body =
        switch (asked.surface()) {
          case Chat -> ping(asked, field);
          case Responses -> responses(asked);
        };
    return chat(target, asked, Delivery.Whole, body);
  }

  @Override
  public Call chat(Target target, Completion asked, Delivery delivery, ObjectNode body) {
    Call call =
        switch (asked.surface()) {
          case Chat -> post(target, "/chat/completions", body, b -> b.path("choices").isArray());
          case Responses -> post(target, "/responses", body, b -> b.path("output").isArray());
        };
    return delivery == Delivery.Streamed ? call.streamed() : call;
  }

  /// What the endpoint's path may already end with, because the calls begin with it.
  List<String> broughtByCalls(Target target) {
    return List.of(target.provider().apiPath());
  }

  @Override
  public String root(Target target) {
    return Paths.root(target, broughtByCalls(target));
  }

  private static ObjectNode ping(Completion asked, TokenField field) {
    ObjectNode body = Json.object().put("model", asked.model());
    body.putArray("messages").addObject().put("role", "user").put("content", "ping");
    return body.put(field.wireName(), FEW_TOKENS);
  }

  private Call post(Target target, String path, ObjectNode body, Predicate<JsonNode> fits) {
    return Call.post(
        Purpose.Completion,
        target.destination(),
        root(target) + target.provider().apiPath() + path,
        body,
        fits);
  }

  private static ObjectNode responses(Completion asked) {
    return Json.object()
        .put("model", asked.model())
        .put("input", "ping")
        .put("max_output_tokens", FEW_TOKENS);
  }

  /// Of OpenRouter and xAI. Both show parts of the key in other fields, which are not read.
  private boolean aboutKey(JsonNode body) {
    return body.has("api_key_id") || body.path("data").isObject();
  }

  private static ListedModel listed(String id, JsonNode entry) {
    OptionalLong output = Fields.count(entry, "max_completion_tokens");
    return new ListedModel(
        id,
        Fields.text(entry, "name"),
        Fields.count(
            entry, "context_length", "context_window", "max_context_length", "max_model_len"),
        OptionalLong.empty(),
        output.isPresent()
            ? output
            : Fields.count(entry.path("top_provider"), "max_completion_tokens"),
        Fields.date(entry, "shutdown_date", "deprecation"),
        Optional.empty(),
        price(entry.path("pricing")),
        supported(entry.path("supported_parameters")));
  }

  private static Optional<ListedModel.Price> price(JsonNode pricing) {
    Optional<BigDecimal> input = perMillion(pricing, "prompt");
    Optional<BigDecimal> output = perMillion(pricing, "completion");
    return input.flatMap(in -> output.map(out -> new ListedModel.Price(in, out)));
  }

  private static Optional<BigDecimal> perMillion(JsonNode pricing, String field) {
    return Fields.decimal(pricing, field)
        .filter(price -> price.signum() >= 0)
        .map(price -> price.movePointRight(PER_MILLION));
  }

  private static Set<String> supported(JsonNode names) {
    Set<String> found = new LinkedHashSet<>();
    names.forEach(name -> found.add(name.asText()));
    return found;
  }
}
