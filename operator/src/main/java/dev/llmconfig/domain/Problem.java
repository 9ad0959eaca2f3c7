package dev.llmconfig.domain;

/// What is wrong with one field, as one sentence that says what to do.
public record Problem(String field, String sentence) {}
