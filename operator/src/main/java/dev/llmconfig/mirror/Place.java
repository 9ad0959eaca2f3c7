package dev.llmconfig.mirror;

import java.util.Optional;

/// A namespace with what is in it.
///
/// @param byDefault the ModelConfig that followers of the default get: of several the oldest
public record Place(String name, int keys, int configs, int agents, Optional<String> byDefault) {}
