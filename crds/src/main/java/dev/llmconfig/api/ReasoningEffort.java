package dev.llmconfig.api;

/// How much a model may think before it answers, in the words of the API.
public enum ReasoningEffort {
  None,
  Minimal,
  Low,
  Medium,
  High,
  XHigh,
  Max
}
