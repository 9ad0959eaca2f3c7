package dev.llmconfig.install;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.testing.Requests;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// What roles allow, as `namespace resource verb`, where `*` is any namespace.
final class Grants {

  static final String ANYWHERE = "*";

  private Grants() {}

  static Set<String> of(List<JsonNode> objects, String... roles) {
    var granted = new TreeSet<String>();
    for (var role : objects) {
      if (List.of(roles).contains(ValueSet.id(role))) {
        for (var rule : role.path("rules")) {
          for (var resource : rule.path("resources")) {
            for (var verb : rule.path("verbs")) {
              granted.add(
                  "%s %s %s"
                      .formatted(
                          role.at("/metadata/namespace").asText(ANYWHERE),
                          resource.asText(),
                          verb.asText()));
            }
          }
        }
      }
    }
    return granted;
  }

  /// Those of a grant that these requests needed.
  static Set<String> used(Requests requests) {
    return StreamSupport.stream(requests.spliterator(), false)
        .filter(request -> !request.resource().isEmpty())
        .map(request ->
            "%s %s %s"
                .formatted(
                    request.namespace(),
                    request.subresource().isEmpty()
                        ? request.resource()
                        : request.resource() + "/" + request.subresource(),
                    request.verb()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// As a ClusterRole counts them.
  static Set<String> anywhere(Set<String> used) {
    return used.stream()
        .map(one -> ANYWHERE + one.substring(one.indexOf(' ')))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
