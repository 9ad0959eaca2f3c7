package dev.llmconfig.provider;

/// The verdict on a key, and the models that were listed on the way.
public record KeyCheck(Finding finding, Models models) {}
