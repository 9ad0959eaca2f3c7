package dev.llmconfig.api;

/// The one word of a condition: a reason of ours, or a verdict's.
public sealed interface Reason permits ConditionReason, VerdictReason {

  String name();
}
