package dev.llmconfig.rest.shape;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A question for a model.
///
/// @param model id of a config, or of a model that a key offers
/// @param parameters for this call only
/// @param stream whether the answer comes as it is made, as it does unless this is false
public record ChatQuestion(
    String model,
    List<Message> messages,
    @Nullable ObjectNode parameters,
    @Nullable Boolean stream) {

  public record Message(Role role, String content) {}

  /// Who says it.
  public enum Role {
    system,
    user,
    assistant
  }
}
