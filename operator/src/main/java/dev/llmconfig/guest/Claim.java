package dev.llmconfig.guest;

/// One field that one manager has, by the record of the API server.
public record Claim(Manager manager, FieldPath path) {}
