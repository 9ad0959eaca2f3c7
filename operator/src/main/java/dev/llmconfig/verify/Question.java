package dev.llmconfig.verify;

import dev.llmconfig.provider.Completion;
import dev.llmconfig.provider.ModelQuestion;
import dev.llmconfig.provider.Target;
import java.util.Optional;

/// What is asked of a provider.
public sealed interface Question {

  Target target();

  /// Whether the other asks the same, whatever list of models it was given along.
  default boolean same(Question other) {
    return equals(other);
  }

  /// Is the key good? With a completion, only after the free probe and where that can tell more.
  record OfKey(Target target, Optional<Completion> completion) implements Question {
    /// Any model does to prove a key, so another one is no new question.
    @Override
    public boolean same(Question other) {
      return other instanceof OfKey that
          && target.equals(that.target)
          && completion.isPresent() == that.completion.isPresent();
    }
  }

  /// Is the model offered? Free of charge.
  record OfModel(Target target, ModelQuestion model) implements Question {
    @Override
    public boolean same(Question other) {
      return other instanceof OfModel that
          && target.equals(that.target)
          && model.id().equals(that.model.id())
          && model.declared() == that.model.declared();
    }
  }

  /// Does the model answer?
  record OfCompletion(Target target, Completion completion) implements Question {}
}
