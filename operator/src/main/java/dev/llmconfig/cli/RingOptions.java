package dev.llmconfig.cli;

import dev.llmconfig.domain.Problem;
import dev.llmconfig.upkeep.OlderNeeds;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which key ring, in which cluster, and how to tell of it.
final class RingOptions {

  private static final String WATCHED = "--watch-namespaces";

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "Namespace of the operator. Default: wherever the one key ring is.")
  private @Nullable String namespace;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "Secret with the encryption keys. Default: the only one of type llmconfig.dev/key-ring.")
  private @Nullable String name;

  @Option(
      names = WATCHED,
      paramLabel = "a,b",
      description =
          "Namespaces that the operator watches, for who may not look into all. Default: all.")
  private @Nullable String watchNamespaces;

  @Option(
      names = "--context",
      paramLabel = "CONTEXT",
      description = "Context of the kubeconfig. Default: the current one.")
  private @Nullable String context;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json",
      description = "How to print it. Default: text.")
  private String output = "text";

  Optional<String> namespace() {
    return Optional.ofNullable(namespace);
  }

  Optional<String> name() {
    return Optional.ofNullable(name);
  }

  Optional<String> context() {
    return Optional.ofNullable(context);
  }

  boolean json() {
    return output.equals("json");
  }

  OlderNeeds needs(KubernetesClient client) {
    return new OlderNeeds(client, watched());
  }

  private Set<String> watched() {
    return watching().dnsLabels(WATCHED);
  }

  private Settings watching() {
    return new Settings(
        watchNamespaces == null ? Map.of() : Map.of(WATCHED, watchNamespaces), Map.of());
  }

  /// Before anything is done.
  void refuseProblems() {
    var settings = watching();
    settings.dnsLabels(WATCHED);
    var problems = new ArrayList<>(settings.problems().stream().map(Problem::sentence).toList());
    if (!List.of("text", "json").contains(output)) {
      problems.add("--output must be one of text, json.");
    }
    if (!problems.isEmpty()) {
      throw Refusal.usage(problems);
    }
  }
}
