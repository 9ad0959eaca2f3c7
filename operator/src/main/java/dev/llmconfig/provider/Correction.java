package dev.llmconfig.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.TokenField;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// What can be done about the refusals of a field that are not the caller's fault: we chose the
/// name of the one, and the other is only sent for our own counting.
enum Correction {
  MaxTokens,
  MaxCompletionTokens,
  NoUsage;

  private static final String USAGE = "stream_options";

  /// What is worth one more try; empty if the refusal stands.
  static Optional<Correction> of(Heard refusal, ObjectNode body) {
    if (TokenFields.blamed(refusal)) {
      return body.has(TokenField.MaxTokens.wireName())
          ? Optional.of(MaxCompletionTokens)
          : Optional.of(MaxTokens).filter(_ -> body.has(TokenField.MaxCompletionTokens.wireName()));
    }
    boolean usage =
        refusal.status(400, 422)
            && refusal
                .answer()
                .flatMap(answer -> answer.error().param())
                .filter(param -> param.startsWith(USAGE))
                .isPresent();
    return Optional.of(NoUsage).filter(_ -> usage && body.has(USAGE));
  }

  /// What cannot hold beside it: a server may have changed its mind.
  Set<Correction> excluded() {
    return switch (this) {
      case MaxTokens -> EnumSet.of(MaxCompletionTokens);
      case MaxCompletionTokens -> EnumSet.of(MaxTokens);
      case NoUsage -> EnumSet.noneOf(Correction.class);
    };
  }

  /// A copy, corrected.
  ObjectNode of(ObjectNode body) {
    ObjectNode corrected = body.deepCopy();
    switch (this) {
      case MaxTokens -> rename(corrected, TokenField.MaxCompletionTokens);
      case MaxCompletionTokens -> rename(corrected, TokenField.MaxTokens);
      case NoUsage -> corrected.remove(USAGE);
    }
    return corrected;
  }

  private static void rename(ObjectNode body, TokenField wrong) {
    JsonNode limit = body.remove(wrong.wireName());
    if (limit != null) {
      body.set(wrong.other().wireName(), limit);
    }
  }
}
