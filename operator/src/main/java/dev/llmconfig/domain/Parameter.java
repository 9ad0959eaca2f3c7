package dev.llmconfig.domain;

/// The neutral names of what can be asked of a model, whatever its provider calls them.
public enum Parameter {
  Temperature("temperature"),
  TopP("topP"),
  MaxOutputTokens("maxOutputTokens"),
  StopSequences("stopSequences"),
  ReasoningEffort("reasoningEffort"),
  TimeoutSeconds("timeoutSeconds"),
  Extra("extra");

  private final String field;

  Parameter(String field) {
    this.field = field;
  }

  /// As the API, the status and every message spell it.
  public String field() {
    return field;
  }
}
