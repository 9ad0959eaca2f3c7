package dev.llmconfig.documents;

import static org.awaitility.Awaitility.await;

import dev.llmconfig.testing.Actor;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.Kubectl;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The real controller of External Secrets, with its provider for tests, in one namespace.
final class ExternalSecrets implements AutoCloseable {

  private static final Duration SOON = Duration.ofSeconds(30);

  private final Process process;
  private final String namespace;

  private ExternalSecrets(Process process, String namespace) {
    this.process = process;
    this.namespace = namespace;
  }

  /// Its CRDs, of the very release that is built.
  static void install(Example shell) throws IOException, InterruptedException {
    shell.run(
        "command -v external-secrets > /dev/null || { echo 'External Secrets is not built: run cluster/build"
            + " --with-examples' >&2; exit 1; }",
        "crds=$(dirname \"$(command -v external-secrets)\")/crds",
        "kubectl apply --server-side -f \"$crds\"",
        // Fails at once at a CRD that is so new that it has no conditions.
        "established() { kubectl wait --for=condition=Established --timeout=30s -f \"$crds\"; }",
        "established || established || established");
  }

  static ExternalSecrets start(ControlPlane plane, String namespace, Example shell)
      throws IOException, InterruptedException {
    install(shell);
    var kubeconfig = shell.encryptionKey().resolveSibling(namespace + ".external-secrets");
    Files.writeString(kubeconfig, account(plane).kubeconfig());
    var program = shell.run("command -v external-secrets").strip();
    var builder =
        new ProcessBuilder(
                program,
                "--namespace=" + namespace,
                "--metrics-addr=127.0.0.1:0",
                "--live-addr=127.0.0.1:0",
                "--enable-cluster-store-reconciler=false",
                "--enable-cluster-external-secret-reconciler=false",
                "--enable-cluster-push-secret-reconciler=false",
                "--enable-push-secret-reconciler=false",
                "--enable-generator-state=false")
            .redirectErrorStream(true)
            .redirectOutput(Path.of(kubeconfig + ".log").toFile());
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    return new ExternalSecrets(builder.start(), namespace);
  }

  private static Actor account(ControlPlane plane) {
    return plane.clusterActor(
        "external-secrets",
        rule("external-secrets.io", "*"),
        rule("generators.external-secrets.io", "*"),
        rule("", "secrets", "events", "configmaps", "namespaces"));
  }

  private static PolicyRule rule(String group, String... resources) {
    return new PolicyRuleBuilder()
        .withApiGroups(group)
        .withResources(resources)
        .withVerbs("*")
        .build();
  }

  /// Its objects go first, because it alone takes its finalizers off.
  @Override
  public void close() {
    try (var kubectl = Kubectl.admin()) {
      kubectl.run(
          "delete", "externalsecrets", "--all", "-n", namespace, "--wait=true", "--timeout=30s");
    } catch (IOException | IllegalStateException failed) {
      throw new AssertionError(List.of(namespace, failed).toString(), failed);
    } finally {
      process.destroy();
      await("the controller to end").atMost(SOON).until(() -> !process.isAlive());
    }
  }
}
