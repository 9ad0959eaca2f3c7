package dev.llmconfig.cli;

import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.provider.Prober;
import dev.llmconfig.provider.transport.AddressRules;
import dev.llmconfig.provider.transport.Egress;
import dev.llmconfig.provider.transport.Limits;
import dev.llmconfig.provider.transport.Lookup;
import dev.llmconfig.provider.transport.NetworkTransport;
import dev.llmconfig.testing.Actor;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.verify.Asking;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The operator as a person starts it, in this JVM, with the rights of its own account and no more.
public final class RunningOperator implements AutoCloseable {

  static final PolicyRule[] RIGHTS = {
    rule("llmconfig.dev", List.of("apikeyconfigs"), "get", "list", "watch", "patch"),
    rule("llmconfig.dev", List.of("modelconfigs"), "get", "list", "watch", "patch"),
    rule("llmconfig.dev", List.of("apikeyconfigs/status", "modelconfigs/status"), "patch"),
    rule(
        "apps",
        List.of("deployments", "statefulsets", "daemonsets"),
        "get",
        "list",
        "watch",
        "patch"),
    rule("batch", List.of("cronjobs"), "get", "list", "watch", "patch"),
    rule("", List.of("secrets"), "get", "list", "watch", "create", "patch", "delete"),
    rule("", List.of("configmaps"), "get", "list", "watch", "create", "patch", "delete"),
    rule("", List.of("events"), "create"),
    rule(
        "bitnami.com",
        List.of("sealedsecrets"),
        "get",
        "list",
        "watch",
        "create",
        "patch",
        "delete"),
    rule("coordination.k8s.io", List.of("leases"), "get", "create", "patch"),
  };

  private final OperatorProcess process;
  private final AutoCloseable connection;
  private final HttpClient http = HttpClient.newHttpClient();

  private RunningOperator(OperatorProcess process, AutoCloseable connection) {
    this.process = process;
    this.connection = connection;
  }

  /// An account that may do what the operator needs, and nothing else.
  public static Actor account(ControlPlane plane) {
    return plane.actor("llm-config-operator", RIGHTS);
  }

  /// One of several.
  public static Actor account(ControlPlane plane, String name) {
    return plane.actor(name, RIGHTS);
  }

  /// The same in all namespaces.
  public static Actor clusterAccount(ControlPlane plane) {
    return plane.clusterActor("llm-config-operator", RIGHTS);
  }

  /// Watches the namespace of the test, and is at home there.
  public static RunningOperator start(ControlPlane plane, Actor actor, String key, String... flags)
      throws IOException {
    return start(plane, actor.client().getConfiguration(), key, flags);
  }

  public static RunningOperator start(ControlPlane plane, Config api, String key, String... flags)
      throws IOException {
    var connection =
        new NetworkTransport(Limits.STANDARD, AddressRules.STANDARD, Egress.DIRECT, Lookup.SYSTEM);
    return start(
        plane,
        api,
        Asking.through(new Prober(connection, Limits.STANDARD, InstantSource.system())),
        connection,
        key,
        flags);
  }

  /// With providers of the test.
  ///
  /// @param connection is closed with the operator
  /// @param key empty for an operator that keeps a ring of its own, as in a pod
  public static RunningOperator start(
      ControlPlane plane,
      Config api,
      Asking asking,
      AutoCloseable connection,
      String key,
      String... flags)
      throws IOException {
    var data = Files.createTempDirectory("mirror");
    var all = new TreeMap<String, String>();
    all.put("--watch-namespaces", plane.namespace());
    all.put("--home-namespace", plane.namespace());
    all.put("--data-dir", data.toString());
    all.put("--listen", "127.0.0.1:0");
    for (int at = 0; at < flags.length; at += 2) {
      all.put(flags[at], flags[at + 1]);
    }
    var config = new ConfigBuilder(api).withUserAgent("llm-config-operator/test").build();
    var parsed =
        OperatorConfiguration.parse(
            all,
            key.isEmpty() ? Map.of() : Map.of("ENCRYPTION_KEY", key),
            key.isEmpty() ? inAPod(plane, config) : Surroundings.of(Map.of(), config));
    if (!(parsed instanceof Validated.Valid<OperatorConfiguration>(var configuration))) {
      throw new IllegalArgumentException(parsed.toString());
    }
    return new RunningOperator(OperatorProcess.start(configuration, config, asking), connection);
  }

  /// Called like nobody else: two of them are two replicas.
  private static Surroundings inAPod(ControlPlane plane, Config config) {
    return new Surroundings(
        true, true, plane.namespace(), Surroundings.of(Map.of(), config).identity());
  }

  public static String newKey() {
    return FernetKey.generate().text().use(text -> new String(text, StandardCharsets.US_ASCII));
  }

  /// For a test that reads or makes tokens itself.
  public static KeyRing ring(String key) {
    return KeyRing.of(FernetKey.parse(key.getBytes(StandardCharsets.US_ASCII)).orElseThrow());
  }

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    var address = process.address();
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    process.close();
    http.close();
    try {
      connection.close();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static PolicyRule rule(String group, List<String> resources, String... verbs) {
    return new PolicyRuleBuilder()
        .withApiGroups(group)
        .withResources(resources)
        .withVerbs(verbs)
        .build();
  }
}
