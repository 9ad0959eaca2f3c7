package dev.llmconfig.provider;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// A completion with a body that somebody else wrote, in the language of the surface.
public record ChatCall(Completion asked, Delivery delivery, ObjectNode body) {

  ChatCall with(ObjectNode other) {
    return new ChatCall(asked, delivery, other);
  }

  /// What people say to a model is not for logs.
  @Override
  public String toString() {
    return "ChatCall[" + asked.model() + "]";
  }
}
