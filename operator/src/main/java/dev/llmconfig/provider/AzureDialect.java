package dev.llmconfig.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/// Azure OpenAI has two sets of paths, the older with a version in the query. Its list names the
/// models Azure offers; what can be called are the deployments of the resource, which only their
/// owner knows, so no model is ever read from it.
final class AzureDialect extends OpenAiDialect {

  @Override
  public List<Call> lists(Target target) {
    return target
        .azureApiVersion()
        .map(version ->
            List.of(list(target, "/openai/models?api-version=" + Paths.encoded(version))))
        .orElseGet(() -> super.lists(target));
  }

  @Override
  public Optional<List<ListedModel>> models(JsonNode page) {
    return super.models(page).map(_ -> List.of());
  }

  @Override
  public Call chat(Target target, Completion asked, Delivery delivery, ObjectNode body) {
    return target
        .azureApiVersion()
        .map(version -> deployment(target, asked, version, body))
        .map(call -> delivery == Delivery.Streamed ? call.streamed() : call)
        .orElseGet(() -> super.chat(target, asked, delivery, body));
  }

  @Override
  List<String> broughtByCalls(Target target) {
    return List.of("/openai/v1", "/openai");
  }

  /// The deployment is in the path, so the body names no model.
  private Call deployment(Target target, Completion asked, String version, ObjectNode body) {
    ObjectNode nameless = body.deepCopy();
    nameless.remove("model");
    String path =
        "%s/openai/deployments/%s/chat/completions?api-version=%s"
            .formatted(root(target), Paths.encoded(asked.model()), Paths.encoded(version));
    return Call.post(
        Purpose.Completion, target.destination(), path, nameless, b -> b.path("choices").isArray());
  }
}
