package dev.llmconfig.reconcile;

import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.plan.UsedKey;
import dev.llmconfig.provider.ModelQuestion;
import dev.llmconfig.provider.Target;
import dev.llmconfig.verify.Question;
import dev.llmconfig.verify.Subject;
import java.util.Optional;

/// What a provider would be asked about a model: with which key, where, and on which terms.
///
/// @param keyRevision of the key in use; `none` where none is needed
/// @param endpoint where the key in use was accepted, which is not always the declared one
/// @param declared whether the model is declared by hand
record ModelPlace(
    String keyRevision,
    Endpoint endpoint,
    Target target,
    String terms,
    String model,
    boolean declared) {

  /// Its revision; empty where none is needed.
  Optional<String> keyInUse() {
    return keyRevision.equals(UsedKey.NO_KEY) ? Optional.empty() : Optional.of(keyRevision);
  }

  Subject subject() {
    return new Subject(keyRevision, endpoint, terms, Optional.of(model));
  }

  Question question() {
    return new Question.OfModel(target, new ModelQuestion(model, declared, Optional.empty()));
  }
}
