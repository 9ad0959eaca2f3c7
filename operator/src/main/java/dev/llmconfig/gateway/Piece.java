package dev.llmconfig.gateway;

import com.fasterxml.jackson.databind.JsonNode;

/// What one event of a provider says, in neutral words.
sealed interface Piece {

  /// Part of an answer that is going well.
  sealed interface Said extends Piece {}

  record Text(String text) implements Said {}

  record Reasoning(String text) implements Said {}

  record Counted(TokenCounts counts) implements Said {}

  record Finished(Finish finish) implements Said {}

  /// Nothing more comes, whether the connection ends or not.
  record Ended() implements Said {}

  /// An error in the provider's own form.
  record Failed(JsonNode error) implements Piece {}

  /// The model began something that it could not end.
  record Spoilt() implements Piece {}
}
