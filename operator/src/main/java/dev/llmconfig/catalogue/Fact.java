package dev.llmconfig.catalogue;

/// Something known about a model, and who says so. What is not known has no fact.
public record Fact<T>(T value, Source source) {}
