package dev.llmconfig.cli;

import dev.llmconfig.reconcile.Reading;
import dev.llmconfig.upkeep.Refused;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import java.util.function.Function;

/// Where a command finds the cluster that a person works on, with the person's own rights.
@FunctionalInterface
interface Clusters {

  /// Of the kubeconfig that kubectl would use, or of the pod.
  Clusters OF_KUBECONFIG =
      context ->
          new KubernetesClientBuilder()
              .withConfig(config(context))
              .withKubernetesSerialization(Reading.lenient())
              .build();

  KubernetesClient connect(Optional<String> context);

  /// What is done there; what the cluster says against it is told in a sentence.
  default <T> T with(Optional<String> context, Function<KubernetesClient, T> work) {
    try (var client = connect(context)) {
      return work.apply(client);
    } catch (Refused refused) {
      throw Refusal.negative(refused.sentence());
    } catch (KubernetesClientException failed) {
      throw Refusal.negative(sentence(failed));
    }
  }

  static Config config(Optional<String> context) {
    Config found;
    try {
      found =
          new ConfigBuilder(Config.autoConfigure(context.orElse(null)))
              .withUserAgent("llmconfig/" + Version.current())
              .withRequestRetryBackoffLimit(0)
              .build();
    } catch (RuntimeException _) {
      // What it says may hold a token of the file.
      throw Refusal.usage(
          "The kubeconfig cannot be read; set KUBECONFIG to a file that `kubectl get nodes` works"
              + " with.");
    }
    if (context.isPresent()
        && (found.getCurrentContext() == null
            || !context.get().equals(found.getCurrentContext().getName()))) {
      throw Refusal.usage("The kubeconfig has no context of the name given with --context.");
    }
    return found;
  }

  /// Nothing of what the client or the server says, which may repeat what was sent.
  private static String sentence(KubernetesClientException failed) {
    var kind =
        Optional.ofNullable(failed.getStatus())
            .flatMap(status -> Optional.ofNullable(status.getDetails()))
            .map(details -> " on " + details.getKind())
            .orElse("");
    if (failed.getCode() <= 0) {
      return "The API server cannot be reached; see that `kubectl get nodes` works, and run this"
          + " again.";
    }
    return switch (failed.getCode()) {
      case 401 ->
          "The API server does not know you (401); sign in again, so that `kubectl auth whoami`"
              + " works.";
      case 403 ->
          "You may not do all that is needed (403%s); ask for the right, or run this as somebody who has it."
              .formatted(kind);
      case 404 ->
          "The cluster does not know what was asked for (404%s); see that the CRDs are installed."
              .formatted(kind);
      default ->
          "The API server answered %d%s; run this again, and see `kubectl get --raw /readyz` if it stays."
              .formatted(failed.getCode(), kind);
    };
  }
}
