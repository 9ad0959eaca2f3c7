package dev.llmconfig.rest.shape;

/// What was saved in spite of something.
public record Warning(String field, String reason, String message) {}
