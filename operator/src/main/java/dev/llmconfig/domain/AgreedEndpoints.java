package dev.llmconfig.domain;

import dev.llmconfig.api.Annotations;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where the owner of a Secret lets its key go besides the provider's own hosts, as an annotation
/// of that Secret says.
public record AgreedEndpoints(List<Endpoint> endpoints) {

  public AgreedEndpoints {
    endpoints = List.copyOf(endpoints);
  }

  /// Only what reads as an endpoint counts.
  ///
  /// @param annotation endpoints, separated by commas; empty where there is none
  public static AgreedEndpoints of(String annotation) {
    return new AgreedEndpoints(
        Arrays.stream(annotation.split(",", -1))
            .flatMap(entry ->
                Endpoint.parse(entry.strip()) instanceof Validated.Valid<Endpoint>(var endpoint)
                    ? Stream.of(endpoint)
                    : Stream.empty())
            .toList());
  }

  public boolean cover(Endpoint place) {
    return endpoints.stream().anyMatch(one -> one.covers(place));
  }

  /// The annotation that agrees to one more; what was agreed to before stays agreed to.
  public String with(Endpoint place) {
    return Stream.concat(endpoints.stream(), Stream.of(place))
        .map(Endpoint::text)
        .distinct()
        .collect(Collectors.joining(","));
  }

  /// What the owner types to agree. Only what reads as an endpoint is repeated, because people
  /// paste commands.
  public String command(Ref secret, Endpoint place) {
    return "kubectl annotate secret %s --namespace %s --overwrite '%s=%s'"
        .formatted(secret.name(), secret.namespace(), Annotations.ALLOWED_ENDPOINTS, with(place));
  }
}
