package dev.llmconfig.domain;

import dev.llmconfig.api.SelectorOperator;
import dev.llmconfig.api.v1alpha1.Selector;
import dev.llmconfig.api.v1alpha1.SelectorRequirement;
import dev.llmconfig.domain.WorkloadSelector.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A selector of workloads through the door of [Parsing].
final class ParsingSelector {

  private final ParsingProblems problems;
  private final String field;

  ParsingSelector(ParsingProblems problems, String field) {
    this.problems = problems;
    this.field = field;
  }

  Optional<WorkloadSelector> read(@Nullable Selector declared) {
    if (declared == null) {
      return Optional.empty();
    }
    var labels = new TreeMap<String, String>();
    Objects.requireNonNullElse(declared.getMatchLabels(), Map.<String, String>of())
        .forEach((key, value) -> labels.put(key, Objects.requireNonNullElse(value, "")));
    labels.forEach((key, value) -> {
      problems.rule(field + ".matchLabels", FieldRules.labelKey(key));
      problems.rule(field + ".matchLabels", FieldRules.labelValue(value));
    });
    var expressions =
        Objects.requireNonNullElse(declared.getMatchExpressions(), List.<SelectorRequirement>of());
    if (labels.isEmpty() && expressions.isEmpty()) {
      problems.add(
          field,
          field
              + " is empty and would take every workload of the namespace: add matchLabels or matchExpressions, or remove it.");
      return Optional.empty();
    }
    var requirements = new ArrayList<Requirement>();
    expressions.forEach(one -> requirement(one).ifPresent(requirements::add));
    // Without the one that cannot be read it would be another selector, and take more.
    return requirements.size() == expressions.size()
        ? Optional.of(new WorkloadSelector(labels, requirements))
        : Optional.empty();
  }

  private Optional<Requirement> requirement(SelectorRequirement declared) {
    var place = field + ".matchExpressions";
    var key = Objects.requireNonNullElse(declared.getKey(), "");
    problems.rule(place, FieldRules.labelKey(key));
    var values = new TreeSet<>(ParsingProblems.texts(declared.getValues()));
    values.forEach(value -> problems.rule(place, FieldRules.labelValue(value)));
    var operator =
        problems.given(
            declared, place + ".operator", declared.getOperator(), SelectorOperator.class);
    if (operator.isEmpty() && declared.unknownWords().isEmpty()) {
      problems.add(
          place, place + " has an entry without operator: add In, NotIn, Exists or DoesNotExist.");
    }
    operator
        .filter(one -> takesValues(one) == values.isEmpty())
        .ifPresent(one ->
            problems.add(
                place,
                "%s: In and NotIn need at least one entry in values, Exists and DoesNotExist none; correct the one of %s."
                    .formatted(place, one)));
    return operator.map(one -> new Requirement(key, one, values));
  }

  private static boolean takesValues(SelectorOperator operator) {
    return switch (operator) {
      case In, NotIn -> true;
      case Exists, DoesNotExist -> false;
    };
  }
}
