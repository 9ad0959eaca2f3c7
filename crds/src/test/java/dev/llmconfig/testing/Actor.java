package dev.llmconfig.testing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/// Somebody who talks to the API server under a name and with rights of their own. The name is the
/// first part of the user agent, and with it the field manager of everything they write.
public final class Actor implements AutoCloseable {
  private final String name;
  private final String user;
  private final KubernetesClient client;

  /// `user` is what the API server calls this actor, in RBAC and in its audit log.
  Actor(String name, String user, Config config) {
    this.name = name;
    this.user = user;
    this.client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(config)
                    .withUserAgent(name + "/test")
                    // A test sees the first answer; a retry would hide a 429 and blur the counts.
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .build();
  }

  public String name() {
    return name;
  }

  public String user() {
    return user;
  }

  public KubernetesClient client() {
    return client;
  }

  /// The same actor behind another address of the API server.
  public Actor through(FaultProxy proxy) {
    var config = new ConfigBuilder(client.getConfiguration()).withMasterUrl(proxy.url()).build();
    return new Actor(name, user, config);
  }

  /// Server-side apply with this actor's name as field manager.
  public <T extends HasMetadata> T apply(T object) {
    return client.resource(object).patch(serverSide(false));
  }

  /// Server-side apply that takes the fields of others.
  public <T extends HasMetadata> T forceApply(T object) {
    return client.resource(object).patch(serverSide(true));
  }

  /// A client configuration for a process that plays this actor, for example kubectl.
  public String kubeconfig() {
    var config = client.getConfiguration();
    var authority =
        config.getCaCertData() == null
            ? ""
            : "certificate-authority-data: " + config.getCaCertData();
    return """
    apiVersion: v1
    kind: Config
    current-context: test
    contexts: [{name: test, context: {cluster: test, user: "%1$s"}}]
    clusters:
    - name: test
      cluster:
        server: %2$s
        %3$s
    users: [{name: "%1$s", user: {token: %4$s}}]
    """
        .formatted(user, config.getMasterUrl(), authority, config.getOauthToken());
  }

  private PatchContext serverSide(boolean force) {
    return new PatchContext.Builder()
        .withPatchType(PatchType.SERVER_SIDE_APPLY)
        .withFieldManager(name)
        .withForce(force)
        .build();
  }

  @Override
  public void close() {
    client.close();
  }
}
