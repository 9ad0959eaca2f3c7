package dev.llmconfig.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Labels;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.impact.Kinds;
import dev.llmconfig.impact.World;
import dev.llmconfig.reconcile.Reading;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a preview needs of a cluster, read with the rights of whoever asks.
final class ClusterObjects implements AutoCloseable {

  private static final String NOT_READ =
      "The cluster cannot be read; see that `kubectl get modelconfigs` works, or give --manifests.";

  private final KubernetesClient client;
  private static final String PROFILES_NOT_READ =
      "Profiles of ConfigMaps are left out: you may not list ConfigMaps in all namespaces. "
          + "Agents that use one are shown with the built-in profile of that name, or with none.";

  private final KubernetesSerialization reading = Reading.lenient();
  private final Consumer<String> notes;

  private ClusterObjects(KubernetesClient client, Consumer<String> notes) {
    this.client = client;
    this.notes = notes;
  }

  /// @param notes is told what could not be looked at
  static ClusterObjects connect(@Nullable String context, Consumer<String> notes) {
    return new ClusterObjects(
        new KubernetesClientBuilder()
            .withConfig(config(context))
            .withKubernetesSerialization(Reading.lenient())
            .build(),
        notes);
  }

  private static Config config(@Nullable String context) {
    Config found;
    try {
      found =
          new ConfigBuilder(Config.autoConfigure(context))
              .withUserAgent("llmconfig-plan/" + Version.current())
              .withRequestRetryBackoffLimit(0)
              .build();
    } catch (RuntimeException _) {
      // What it says may hold a token of the file.
      throw Refusal.of(PlanCommand.FAILED, NOT_READ);
    }
    if (context != null
        && (found.getCurrentContext() == null
            || !context.equals(found.getCurrentContext().getName()))) {
      throw Refusal.of(
          PlanCommand.FAILED, "The kubeconfig has no context of the name given with --context.");
    }
    return found;
  }

  String namespace() {
    return Objects.requireNonNullElse(client.getNamespace(), "default");
  }

  /// All that these objects could have to do with.
  World around(List<ObjectNode> changes) {
    var namespaces =
        changes.stream()
            .map(one -> one.path("metadata").path("namespace").asText())
            .collect(Collectors.toCollection(TreeSet::new));
    var found = new ArrayList<ObjectNode>();
    try {
      profiles().forEach(one -> found.add(tree(one)));
      if (changes.stream().anyMatch(one -> one.path("kind").asText().equals(Kinds.CONFIG_MAP))) {
        // Agents of any namespace can have chosen a profile.
        client.resources(ModelConfig.class).inAnyNamespace().list().getItems().stream()
            .map(one -> one.getMetadata().getNamespace())
            .forEach(namespaces::add);
      }
      for (var namespace : namespaces) {
        read(namespace).forEach(one -> found.add(tree(one)));
      }
      for (var change : changes) {
        if (change.path("kind").asText().equals("Secret")) {
          secret(change, found);
        }
      }
    } catch (KubernetesClientException failed) {
      throw Refusal.of(PlanCommand.FAILED, sentence(failed));
    }
    return World.of(found);
  }

  private List<HasMetadata> read(String namespace) {
    var found = new ArrayList<HasMetadata>();
    found.addAll(client.resources(ApiKeyConfig.class).inNamespace(namespace).list().getItems());
    found.addAll(client.resources(ModelConfig.class).inNamespace(namespace).list().getItems());
    found.addAll(client.apps().deployments().inNamespace(namespace).list().getItems());
    found.addAll(client.apps().statefulSets().inNamespace(namespace).list().getItems());
    found.addAll(client.apps().daemonSets().inNamespace(namespace).list().getItems());
    found.addAll(client.batch().v1().cronjobs().inNamespace(namespace).list().getItems());
    return found;
  }

  /// Of whichever namespace the operator is at home in.
  private List<ConfigMap> profiles() {
    try {
      return client
          .configMaps()
          .inAnyNamespace()
          .withLabel(Labels.PROFILES, "true")
          .list()
          .getItems();
    } catch (KubernetesClientException refused) {
      if (refused.getCode() != 403) {
        throw refused;
      }
      notes.accept(PROFILES_NOT_READ);
      return List.of();
    }
  }

  /// Only to see whether its key changes, and only where the files hold it already. Who may not
  /// read it is told that this is not known.
  private void secret(ObjectNode change, List<ObjectNode> found) {
    var meta = change.path("metadata");
    try {
      Secret there =
          client
              .secrets()
              .inNamespace(meta.path("namespace").asText())
              .withName(meta.path("name").asText())
              .get();
      if (there != null) {
        found.add(tree(there));
      }
    } catch (KubernetesClientException refused) {
      if (refused.getCode() != 403) {
        throw refused;
      }
    }
  }

  private ObjectNode tree(HasMetadata object) {
    return reading.convertValue(object, ObjectNode.class);
  }

  private static String sentence(KubernetesClientException failed) {
    return switch (failed.getCode()) {
      case 403 ->
          "You may not read all that is needed (403); you need list on apikeyconfigs, modelconfigs, deployments, statefulsets, daemonsets and cronjobs.";
      case 404 ->
          "The cluster has no ApiKeyConfigs or ModelConfigs (404); install the CRDs, or give --manifests.";
      default -> NOT_READ;
    };
  }

  @Override
  public void close() {
    client.close();
  }
}
