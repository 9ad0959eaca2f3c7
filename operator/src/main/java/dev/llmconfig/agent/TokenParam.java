package dev.llmconfig.agent;

import dev.llmconfig.api.TokenField;
import java.util.Optional;

/// Which wire field a framework sends the limit of output tokens in.
public enum TokenParam {
  MaxTokens,
  MaxCompletionTokens,
  /// As the model wants it: the framework has a setting for each.
  ByModel,
  /// It sends none on its own, or nobody can tell it from outside.
  None;

  /// The field that is certain whatever the model; empty where it depends.
  Optional<TokenField> fixed() {
    return switch (this) {
      case MaxTokens -> Optional.of(TokenField.MaxTokens);
      case MaxCompletionTokens -> Optional.of(TokenField.MaxCompletionTokens);
      case ByModel, None -> Optional.empty();
    };
  }
}
