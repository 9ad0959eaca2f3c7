package dev.llmconfig.domain;

/// The last good settings of a ModelConfig, as its status remembers them.
///
/// @param name such as `m-0123456789`
public record AppliedRevision(String name, Revision settings, ParameterBasis basis) {}
