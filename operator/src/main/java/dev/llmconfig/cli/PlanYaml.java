package dev.llmconfig.cli;

import dev.llmconfig.impact.Impact;
import dev.llmconfig.store.YamlText;
import java.util.stream.Collectors;

/// What each agent would be given, as patches that kubectl and kustomize take. What only the
/// cluster knows is in brackets, which they do not take.
final class PlanYaml {

  private PlanYaml() {}

  static String of(Impact impact) {
    return impact.models().stream()
        .flatMap(model -> model.changes().stream())
        .map(PlanYaml::of)
        .collect(Collectors.joining());
  }

  static String of(Impact.Change change) {
    return YamlText.of(change.shown());
  }
}
