package dev.llmconfig.plan.delivery;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What of ours a template names, beside what it will be made to name.
///
/// @param keys names of the ApiKeyConfigs whose keys this ModelConfig may give
/// @param makeable what can be made again, because it is known what is in it
record NamedObjects(
    DeliveryObserved seen, PodTemplateSpec template, Set<String> keys, List<Need> makeable) {

  /// Whether the Secret of a key is gone and does not come back, or files are that nobody can make
  /// again.
  boolean gone() {
    return keyGone() || filesGone();
  }

  private boolean keyGone() {
    return ProvidedNames.keys(template)
        .anyMatch(name ->
            ours(name)
                ? seen.memory().missing().containsKey(name)
                : !seen.provided().contains(name));
  }

  private boolean filesGone() {
    return ProvidedNames.files(template)
        .filter(name -> makeable.stream().map(Need::name).noneMatch(name::equals))
        .anyMatch(name -> !seen.provided().contains(name));
  }

  /// Keys of any revision that we have.
  Stream<Need> keysOfOurs() {
    return ProvidedNames.keys(template).filter(this::ours).map(ProvidedNames::need);
  }

  /// Nobody gets a key by naming it: only those of our own ApiKeyConfigs are made.
  private boolean ours(String secret) {
    return keys.contains(ProvidedNames.need(secret).apiKey());
  }
}
