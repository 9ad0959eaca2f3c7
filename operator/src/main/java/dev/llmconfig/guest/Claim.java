package dev.llmconfig.guest;

/// One field that one manager has, by the record of the API server.
public record Claim(FieldManager manager, FieldPath path) {}
