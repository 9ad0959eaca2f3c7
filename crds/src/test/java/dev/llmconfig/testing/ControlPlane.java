package dev.llmconfig.testing;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.awaitility.Awaitility;

/// The running control plane as one test sees it: a namespace of its own, actors, outages and the
/// list of all requests. Everything made through it is gone after the test.
public final class ControlPlane implements AutoCloseable {
  private final Path state;
  private final Actor admin;
  private final String namespace;
  private final Cast cast;
  private final ApiServer apiServer;
  private final SealedSecretsController sealedSecrets;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  private ControlPlane(Path state, Actor admin, String test) {
    this.state = state;
    this.admin = admin;
    this.apiServer = new ApiServer(state);
    this.sealedSecrets = new SealedSecretsController(state, admin);
    this.namespace = freshNamespace(admin, test);
    this.cast = new Cast(admin, namespace);
  }

  static ControlPlane join(Path state, String test) {
    var admin = new Actor("admin", "admin", kubeconfig(state));
    try {
      return new ControlPlane(state, admin, test);
    } catch (KubernetesClientException e) {
      admin.close();
      throw missing(state, e);
    }
  }

  public String namespace() {
    return namespace;
  }

  /// May do everything; its requests are those of user `admin`.
  public Actor admin() {
    return admin;
  }

  /// An actor with exactly these rights in the test's namespace, and none elsewhere.
  public Actor actor(String name, PolicyRule... rules) {
    return closedLater(cast.engage(name, List.of(rules)));
  }

  /// An actor with exactly these rights in all namespaces.
  public Actor clusterActor(String name, PolicyRule... rules) {
    return closedLater(cast.engageClusterWide(name, List.of(rules)));
  }

  public ApiServer apiServer() {
    return apiServer;
  }

  public SealedSecretsController sealedSecrets() {
    return sealedSecrets;
  }

  public AuditLog audit() {
    return new AuditLog(state.resolve("control-plane/logs/audit.log"), admin);
  }

  /// A second address of the API server that can be told to misbehave.
  public FaultProxy faultProxy() {
    return closedLater(FaultProxy.before(admin.client().getConfiguration()));
  }

  public <T extends AutoCloseable> T closedLater(T resource) {
    opened.push(resource);
    return resource;
  }

  /// Not waited for: it takes seconds, and no other test looks into these namespaces.
  public void forget(Collection<String> namespaces) {
    namespaces.forEach(gone -> admin.client().namespaces().withName(gone).delete());
    Leftovers.release(admin.client());
  }

  @Override
  public void close() {
    apiServer.restore();
    sealedSecrets.restoreApi();
    var failure = new IllegalStateException("Not everything of the test could be closed.");
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        failure.addSuppressed(e); // the others are closed nevertheless
      }
    }
    cast.dismiss();
    forget(List.of(namespace));
    admin.close();
    if (failure.getSuppressed().length > 0) {
      throw failure;
    }
  }

  private static Config kubeconfig(Path state) {
    try {
      var text = Files.readString(state.resolve("kubeconfig"));
      return new ConfigBuilder(Config.fromKubeconfig(text))
          .withConnectionTimeout(5_000)
          .withRequestTimeout(10_000)
          .build();
    } catch (IOException e) {
      throw missing(state, e);
    }
  }

  private static IllegalStateException missing(Path state, Exception cause) {
    return new IllegalStateException(
        "This test needs a control plane and none answers for "
            + state
            + "; `make test` starts one by itself, or start it with: "
            + Checkout.STATE_VARIABLE
            + "="
            + state
            + " cluster/up",
        cause);
  }

  /// With the account that every pod needs: the controller makes it a moment after the namespace.
  private static String freshNamespace(Actor admin, String test) {
    var wish =
        new NamespaceBuilder()
            .withNewMetadata()
            .withGenerateName("test-")
            .addToAnnotations("llmconfig.dev/test", test)
            .endMetadata()
            .build();
    var name = admin.client().resource(wish).create().getMetadata().getName();
    Awaitility.await("the default service account of namespace " + name)
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            admin.client().serviceAccounts().inNamespace(name).withName("default").get() != null);
    return name;
  }
}
