package dev.llmconfig.rest;

/// What a route takes as its body.
sealed interface Sent {

  /// None; whatever comes is left alone.
  record Nothing() implements Sent {}

  /// An object of that shape, a record, with no other fields.
  record Form(Class<?> shape) implements Sent {}

  /// A merge patch of the fields of that record: what is null is unset, what is absent stays.
  record MergePatch(Class<?> shape) implements Sent {}
}
