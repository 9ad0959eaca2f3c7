package dev.llmconfig.api;

/// Names that `spec.parameters.extra` may not have, because something else decides them.
public enum ReservedParameter {
  TEMPERATURE("temperature", Type.NUMBER, "spec.parameters.temperature"),
  TOP_P("topP", Type.NUMBER, "spec.parameters.topP"),
  TOP_P_WIRE("top_p", Type.NUMBER, "spec.parameters.topP"),
  MAX_OUTPUT_TOKENS("maxOutputTokens", Type.INTEGER, "spec.parameters.maxOutputTokens"),
  MAX_TOKENS("max_tokens", Type.INTEGER, "spec.parameters.maxOutputTokens"),
  MAX_COMPLETION_TOKENS("max_completion_tokens", Type.INTEGER, "spec.parameters.maxOutputTokens"),
  MAX_OUTPUT_TOKENS_WIRE("max_output_tokens", Type.INTEGER, "spec.parameters.maxOutputTokens"),
  STOP_SEQUENCES("stopSequences", Type.STRINGS, "spec.parameters.stopSequences"),
  STOP_SEQUENCES_WIRE("stop_sequences", Type.STRINGS, "spec.parameters.stopSequences"),
  STOP("stop", Type.STRINGS, "spec.parameters.stopSequences"),
  REASONING_EFFORT("reasoningEffort", Type.STRING, "spec.parameters.reasoningEffort"),
  REASONING_EFFORT_WIRE("reasoning_effort", Type.STRING, "spec.parameters.reasoningEffort"),
  MODEL("model", Type.STRING, "spec.model"),
  MESSAGES("messages", Type.OBJECTS, ""),
  INPUT("input", Type.STRING, ""),
  CONTENTS("contents", Type.OBJECTS, ""),
  STREAM("stream", Type.BOOLEAN, "");

  /// What it looks like on the wire. Our schema has to say it, for CEL sees only what has a type.
  public enum Type {
    NUMBER,
    INTEGER,
    STRING,
    BOOLEAN,
    STRINGS,
    OBJECTS
  }

  private final String key;
  private final Type type;
  private final String field;

  ReservedParameter(String key, Type type, String field) {
    this.key = key;
    this.type = type;
    this.field = field;
  }

  /// The name in `extra`.
  public String key() {
    return key;
  }

  public Type type() {
    return type;
  }

  /// What to do instead, as half a sentence.
  public String remedy() {
    return field.isEmpty() ? "remove it, every agent sends its own" : "use " + field;
  }
}
