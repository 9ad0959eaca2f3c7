package dev.llmconfig.verify;

import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.provider.Finding;
import dev.llmconfig.provider.KeyCheck;
import dev.llmconfig.provider.ModelCheck;
import dev.llmconfig.provider.Prober;
import java.util.List;
import java.util.Optional;

/// Asks, and waits for the answer; takes as long as it takes.
@FunctionalInterface
public interface Asking {

  Outcome ask(Question question, Optional<SecretBytes> key) throws InterruptedException;

  /// Over the network.
  static Asking through(Prober prober) {
    return (question, key) ->
        switch (question) {
          case Question.OfKey(var target, var completion) ->
              of(
                  completion.isPresent()
                      ? prober.key(target, key, completion.get())
                      : prober.key(target, key));
          case Question.OfModel(var target, var model) -> of(prober.model(target, key, model));
          case Question.OfCompletion(var target, var completion) ->
              of(prober.completion(target, key, completion));
        };
  }

  private static Outcome of(KeyCheck check) {
    return new Outcome(check.finding(), Optional.of(check.models()), List.of());
  }

  private static Outcome of(ModelCheck check) {
    return new Outcome(check.finding(), Optional.empty(), check.didYouMean());
  }

  private static Outcome of(Finding finding) {
    return new Outcome(finding, Optional.empty(), List.of());
  }
}
