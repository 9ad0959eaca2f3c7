package dev.llmconfig.provider;

import java.util.Optional;

/// The model that a minimal completion is asked of, and what is known about it.
///
/// @param baseModel what an Azure deployment runs, where it was declared
public record Completion(String model, Optional<String> baseModel, Surface surface) {

  public enum Surface {
    Chat,
    /// Models that OpenAI offers under `/responses` only.
    Responses
  }

  public static Completion chat(String model) {
    return new Completion(model, Optional.empty(), Surface.Chat);
  }
}
