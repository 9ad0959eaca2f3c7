package dev.llmconfig.rest.shape;

/// An object of the same namespace.
public record NameRef(String name) {}
