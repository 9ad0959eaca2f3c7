package dev.llmconfig.catalogue;

/// A model that a provider lists, with what the list says about it. The one form in which a list
/// reaches the catalogue, the mirror and the command line, whatever its dialect. Every fact has
/// `Source.provider` and the day of the reading; whoever keeps lists uses `Facts.since`, so that a
/// later reading that says the same keeps the day of the first.
public record ListedModel(String id, Facts facts) {}
