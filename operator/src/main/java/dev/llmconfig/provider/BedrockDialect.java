package dev.llmconfig.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.provider.transport.Destination;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Amazon Bedrock answers completions in OpenAI's dialect, and lists models on the control plane of
/// the same region. An endpoint that is none of its own has no region, and so no list.
final class BedrockDialect extends OpenAiDialect {

  private static final String CONTROL = "bedrock.%s.amazonaws.com";

  @Override
  public List<Call> lists(Target target) {
    return OwnHosts.region(target.provider(), target.endpoint().host())
        .map(region -> target.destination(CONTROL.formatted(region)))
        .map(control ->
            List.of(
                get(control, "/foundation-models?byInferenceType=ON_DEMAND"),
                get(control, "/inference-profiles?typeEquals=SYSTEM_DEFINED&maxResults=1000")))
        .orElse(List.of());
  }

  @Override
  public Optional<List<ListedModel>> models(JsonNode page) {
    return named(page.path("modelSummaries"), "modelId", "modelName")
        .or(() ->
            named(
                page.path("inferenceProfileSummaries"),
                "inferenceProfileId",
                "inferenceProfileName"));
  }

  @Override
  public Optional<String> nextPage(JsonNode page) {
    return Fields.text(page, "nextToken").map(token -> "nextToken=" + Paths.encoded(token));
  }

  private Call get(Destination control, String path) {
    return Call.get(Purpose.List, control, path, body -> models(body).isPresent());
  }

  private static Optional<List<ListedModel>> named(JsonNode summaries, String id, String name) {
    if (!summaries.isArray()) {
      return Optional.empty();
    }
    List<ListedModel> models = new ArrayList<>();
    for (JsonNode summary : summaries) {
      Fields.text(summary, id)
          .map(m -> ListedModel.of(m, Fields.text(summary, name)))
          .ifPresent(models::add);
    }
    return Optional.of(models);
  }
}
