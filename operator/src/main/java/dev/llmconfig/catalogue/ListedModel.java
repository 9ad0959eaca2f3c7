package dev.llmconfig.catalogue;

/// A model that a provider lists, with what the list says about it. The one form in which a list
/// reaches the catalogue, the mirror and the command line, whatever its dialect; every fact has
/// `Source.provider` and the day of the reading.
public record ListedModel(String id, Facts facts) {}
