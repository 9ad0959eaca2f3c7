package dev.llmconfig.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Ollama speaks OpenAI's dialect for completions, and its own for models.
final class OllamaDialect extends OpenAiDialect {

  @Override
  public Optional<List<ListedModel>> models(JsonNode page) {
    JsonNode tags = page.path("models");
    if (!tags.isArray()) {
      return Optional.empty();
    }
    List<ListedModel> models = new ArrayList<>();
    for (JsonNode tag : tags) {
      Fields.text(tag, "name")
          .map(name -> ListedModel.of(name, Optional.empty()))
          .ifPresent(models::add);
    }
    return models.isEmpty() && !tags.isEmpty() ? Optional.empty() : Optional.of(models);
  }

  @Override
  public Optional<Call> model(Target target, String id) {
    return show(Purpose.Model, target, id);
  }

  @Override
  public Optional<Call> tokens(Target target, String model) {
    return show(Purpose.Tokens, target, model);
  }

  private Optional<Call> show(Purpose purpose, Target target, String model) {
    return target
        .provider()
        .modelCall()
        .map(path ->
            Call.post(
                purpose,
                target.destination(),
                root(target) + path,
                Json.object().put("model", model),
                body -> body.has("details") || body.has("model_info") || body.has("modelfile")));
  }
}
