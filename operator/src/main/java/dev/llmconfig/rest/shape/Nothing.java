package dev.llmconfig.rest.shape;

/// An object without fields.
public record Nothing() {}
