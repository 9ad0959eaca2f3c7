package dev.llmconfig.plan;

/// That the provider shall be asked for its list now, and for nothing else.
///
/// @param acceptedBefore whether this place has ever accepted this key
public record ListCheck(boolean acceptedBefore) {}
