package dev.llmconfig.testing;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/// Our CRDs on the control plane, installed as the documents say.
public final class Crds {

  private static final Path FOLDER = Checkout.root().resolve("crds");

  private static boolean installed;

  /// Returns when the API server checks objects by the rules of these very files: one that has just
  /// learnt of a CRD, or of a new version of it, goes on without it for a moment. Done once in a
  /// process, since no test takes them away.
  public static synchronized void install(ControlPlane plane) {
    if (installed) {
      return;
    }
    try (var kubectl = Kubectl.admin()) {
      kubectl.run("apply", "-f", FOLDER.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var rules = files().stream().flatMap(file -> rules(yaml(file)).stream()).collect(toSet());
    Awaitility.await("the rules of the CRDs in the API server's own description")
        .atMost(Duration.ofSeconds(30))
        .until(() -> rules(published(plane.admin().client())).containsAll(rules));
    installed = true;
  }

  private static JsonNode published(KubernetesClient client) {
    return Optional.ofNullable(client.raw("/openapi/v3/apis/llmconfig.dev/v1alpha1"))
        .map(text -> Serialization.unmarshal(text, JsonNode.class))
        .orElse(NullNode.getInstance());
  }

  /// The rules with their messages: a new message alone is a new version, too.
  private static Set<String> rules(JsonNode schema) {
    return schema.findValues("x-kubernetes-validations").stream()
        .flatMap(list -> StreamSupport.stream(list.spliterator(), false))
        .map(rule -> rule.path("message").asText() + " <- " + rule.path("rule").asText())
        .collect(toSet());
  }

  private static List<Path> files() {
    try (var files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode yaml(Path file) {
    try {
      return Serialization.unmarshal(Files.readString(file), JsonNode.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Crds() {}
}
