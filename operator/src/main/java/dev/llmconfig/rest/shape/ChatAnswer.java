package dev.llmconfig.rest.shape;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A whole answer of a model.
///
/// @param sent the parameters that the model was given
/// @param dropped those that were left out or lowered
/// @param cost US dollars, exact
public record ChatAnswer(
    String model,
    ObjectNode sent,
    List<Dropped> dropped,
    String text,
    @Nullable String reasoning,
    @Nullable Usage usage,
    String finish,
    @Nullable Long ttftMs,
    long totalMs,
    @Nullable String cost) {

  /// A parameter that does not reach the model as it was asked for.
  ///
  /// @param effective what it is sent with instead; absent where it is not sent
  public record Dropped(String name, @Nullable String effective, String why, String sentence) {}

  /// Tokens, as the provider counted them.
  public record Usage(
      @Nullable Long input,
      @Nullable Long output,
      @Nullable Long reasoning,
      @Nullable Long cached) {}

  /// The first event of a stream.
  public record Start(String model, ObjectNode sent, List<Dropped> dropped) {}

  /// Words, or thoughts.
  public record Text(String t) {}

  /// The last event of an answer that is complete.
  public record Done(String finish, @Nullable Long ttftMs, long totalMs, @Nullable String cost) {}
}
