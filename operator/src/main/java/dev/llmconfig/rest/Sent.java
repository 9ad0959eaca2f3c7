package dev.llmconfig.rest;

import java.util.List;

/// What a route takes as its body.
sealed interface Sent {

  /// None; whatever comes is left alone.
  record Nothing() implements Sent {}

  /// An object of that shape, a record, with no other fields.
  record Form(Class<?> shape) implements Sent {}

  /// A text of one of those types, which the operation reads itself.
  record Text(List<String> types) implements Sent {

    /// Under which names the request has it.
    static final String CONTENT = "text";

    static final String TYPE = "type";

    public Text {
      types = List.copyOf(types);
    }
  }

  /// A merge patch of the fields of that record: what is null is unset, what is absent stays.
  record MergePatch(Class<?> shape) implements Sent {}
}
