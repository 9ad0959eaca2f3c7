package dev.llmconfig.mirror;

/// A row as it was read.
///
/// @param seq number of its last change, higher than any before
public record Stored<T>(T row, long seq) {}
