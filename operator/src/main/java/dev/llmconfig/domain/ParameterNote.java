package dev.llmconfig.domain;

/// Something worth knowing about parameters that are sent as asked; it changes nothing.
public record ParameterNote(Reason reason, String sentence) {

  public enum Reason {
    /// Thinking uses the same few output tokens.
    LowOutputBudget,
    /// Gemini 3 below temperature 1 can repeat itself for ever.
    LowTemperature,
    /// Nobody has confirmed that the value has an effect.
    MayBeIgnored
  }
}
