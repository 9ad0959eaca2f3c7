package dev.llmconfig.catalogue;

/// What a model makes of temperature and topP. Where nothing is known there is no fact.
public enum Sampling {
  Accepted,
  /// An error for anything but the default: temperature 1, no topP.
  OnlyDefault,
  /// Taken while the effort is none, an error otherwise.
  WhenEffortNone,
  /// No error and no effect.
  Ignored
}
