package dev.llmconfig.mirror;

/// A state of the rows. A number is never given twice, not even after a rebuild; the epoch tells
/// whether the changes between two positions are known.
public record Position(String epoch, long seq) {}
