package dev.llmconfig.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.testing.Actor;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.Crds;
import dev.llmconfig.testing.Kubectl;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// One operator for all scenarios, with a namespace for each and one more that belongs to nobody; a
/// sidecar for each, because what it allows in a minute is counted per process. It has its key ring
/// from a file, as in a pod.
final class ClusterStage implements Scenarios.Stage, AutoCloseable {

  private static final String RING = RunningOperator.newKey();
  private static final String LATER = RunningOperator.newKey();

  private final ControlPlane plane;
  private final Kubectl kubectl = Kubectl.admin();
  private final PlayedProvider provider = new PlayedProvider();
  private final Path data;
  private final List<String> namespaces;
  private final Actor account;
  private final RunningOperator operator;
  private final Beside beside;
  private @Nullable SidecarProcess sidecar;
  private int scenarios = -1;
  private String scripts = "";

  ClusterStage(ControlPlane plane, Path data, int count) throws Exception {
    this.plane = plane;
    this.data = data;
    Crds.install(plane);
    namespaces =
        IntStream.rangeClosed(0, count).mapToObj(at -> plane.namespace() + "-" + at).toList();
    namespaces.forEach(name ->
        plane
            .admin()
            .client()
            .resource(new NamespaceBuilder().withMetadata(called("", name)).build())
            .create());
    account = RunningOperator.clusterAccount(plane);
    operator = operator(data);
    beside = new Beside(plane, data, this::operator);
  }

  private RunningOperator operator(Path mirror) throws IOException {
    return RunningOperator.start(
        plane,
        account,
        RING,
        "--data-dir",
        mirror.toString(),
        "--watch-namespaces",
        String.join(",", namespaces));
  }

  @Override
  public Object answer(String question, JsonNode with) throws Exception {
    var provided = provider.answer(question, with);
    if (provided.isPresent()) {
      return provided.get();
    }
    var other = beside.answer(question, with);
    if (other.isPresent()) {
      return other.get();
    }
    return switch (question) {
      case "start" -> {
        scenarios++;
        provider.forget();
        beside.forget();
        scripts = person("scripts", List.of("edit", "secrets", "workloads"));
        yield begin("127.0.0.1:0", with);
      }
      case "again" -> {
        var port = running().port();
        running().close();
        yield begin("127.0.0.1:" + port, with);
      }
      case "person" ->
          Map.of(
              "token",
              person(
                  with.path("name").asText(),
                  with.path("rights").valueStream().map(JsonNode::asText).toList()));
      case "apply" -> kubectl.apply(with.path("yaml").asText());
      case "kubectl" ->
          kubectl.run(
              Stream.concat(
                      Stream.of("--namespace=" + namespace()),
                      with.path("arguments").valueStream().map(JsonNode::asText))
                  .toArray(String[]::new));
      case "terminal" -> kubectl.paste(with.path("command").asText());
      case "ring" -> {
        ring(with.path("keys").valueStream().map(JsonNode::asText).toList());
        yield true;
      }
      case "freeze" -> {
        plane.apiServer().freeze();
        yield true;
      }
      case "resume" -> {
        plane.apiServer().resume();
        yield true;
      }
      default -> throw new IllegalArgumentException("this stage knows no " + question);
    };
  }

  private String namespace() {
    return namespaces.get(scenarios);
  }

  private Object begin(String listen, JsonNode with) throws Exception {
    if (sidecar != null && listen.endsWith(":0")) {
      sidecar.close();
    }
    if (listen.endsWith(":0")) {
      ring(List.of("first"));
    }
    var started =
        sidecar(
            plane.admin().client().getConfiguration(),
            data,
            Files.createDirectories(data.resolve("usage-" + scenarios)),
            data,
            listen,
            with.has("proxySecret")
                ? behindAProxy(with.path("proxySecret").asText())
                : flags(with));
    sidecar = started;
    var place = new TreeMap<String, Object>();
    place.put("base", "http://127.0.0.1:%d/".formatted(started.port()));
    place.put("metrics", "http://127.0.0.1:%d/metrics".formatted(started.healthPort()));
    place.put("namespace", namespace());
    place.put("other", namespaces.getLast());
    place.put("unwatched", plane.namespace());
    place.put("data", data.toString());
    place.put("provider", provider.url());
    place.put("token", scripts);
    return place;
  }

  private static Map<String, String> flags(JsonNode with) {
    return with.path("flags").properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, flag -> flag.getValue().asText()));
  }

  /// @param run where the key ring is handed over
  static SidecarProcess sidecar(
      Config api, Path mirror, Path usage, Path run, String listen, Map<String, String> more)
      throws IOException {
    var flags = new TreeMap<>(more);
    flags.put("--data-dir", mirror.toString());
    flags.put("--usage-dir", usage.toString());
    flags.put("--run-dir", run.toString());
    flags.put("--listen", listen);
    flags.put("--health-listen", "127.0.0.1:0");
    var parsed =
        SidecarConfiguration.parse(
            flags, Map.of(), SidecarSurroundings.of(Map.of(), api, mirror.resolve("none")));
    if (!(parsed instanceof Validated.Valid<SidecarConfiguration>(var configuration))) {
      throw new AssertionError(parsed);
    }
    var started = SidecarProcess.start(configuration);
    // Nobody is sent to one that is not ready.
    Awaitility.await("the sidecar to be ready")
        .atMost(Duration.ofMinutes(1))
        .until(() -> ready(started.healthPort()));
    return started;
  }

  private static boolean ready(int port) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var asked = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/readyz".formatted(port)));
      return client.send(asked.build(), HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    }
  }

  /// The operator hands this ring over, of its key and one that was made later; without any it
  /// takes the file away.
  private void ring(List<String> names) throws IOException {
    var file = data.resolve(RunDirectory.KEY_RING);
    if (names.isEmpty()) {
      Files.delete(file);
      return;
    }
    var draft = data.resolve("ring.new");
    Files.writeString(
        draft,
        names.stream()
            .map(name -> name.equals("first") ? RING : LATER)
            .collect(Collectors.joining(",")));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /// A proxy on this machine that knows the secret is believed the names it gives.
  private Map<String, String> behindAProxy(String secret) throws IOException {
    var reviewer =
        plane.clusterActor(
            "reviewer", rule("authorization.k8s.io", "subjectaccessreviews", "create"));
    return Map.of(
        "--trusted-proxies",
        "127.0.0.1/32",
        "--proxy-secret-file",
        Files.writeString(data.resolve("proxy-secret"), secret).toString(),
        "--review-token-file",
        Files.writeString(
                data.resolve("review-token"), reviewer.client().getConfiguration().getOauthToken())
            .toString());
  }

  private SidecarProcess running() {
    var now = sidecar;
    if (now == null) {
      throw new IllegalStateException("nothing is running");
    }
    return now;
  }

  /// A service account with exactly these rights in the namespace of the scenario.
  private String person(String name, List<String> rights) {
    var client = plane.admin().client();
    var meta = called(namespace(), name);
    client.resource(new ServiceAccountBuilder().withMetadata(meta).build()).create();
    var rules = rights.stream().flatMap(right -> rules(right).stream()).toList();
    client.resource(new RoleBuilder().withMetadata(meta).withRules(rules).build()).create();
    client
        .resource(
            new RoleBindingBuilder()
                .withMetadata(meta)
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", name)
                .addNewSubject("", "ServiceAccount", name, namespace())
                .build())
        .create();
    return client
        .serviceAccounts()
        .inNamespace(namespace())
        .withName(name)
        .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
        .getStatus()
        .getToken();
  }

  private static List<PolicyRule> rules(String right) {
    return switch (right) {
      case "view" -> List.of(own("get", "list", "watch"));
      case "edit" ->
          List.of(own("get", "list", "watch", "create", "update", "patch", "delete", "use"));
      case "use" -> List.of(own("use"));
      case "secrets" -> List.of(rule("", "secrets", "get", "list", "create", "patch", "delete"));
      case "see secrets" -> List.of(rule("", "secrets", "get", "list"));
      case "workloads" -> List.of(rule("apps", "deployments", "get", "list", "patch"));
      default -> throw new IllegalArgumentException(right);
    };
  }

  private static PolicyRule own(String... verbs) {
    return new PolicyRuleBuilder()
        .withApiGroups("llmconfig.dev")
        .withResources("apikeyconfigs", "modelconfigs")
        .withVerbs(verbs)
        .build();
  }

  private static PolicyRule rule(String group, String resource, String... verbs) {
    return new PolicyRuleBuilder()
        .withApiGroups(group)
        .withResources(resource)
        .withVerbs(verbs)
        .build();
  }

  private static ObjectMeta called(String namespace, String name) {
    var meta = new ObjectMetaBuilder().withName(name);
    return namespace.isEmpty() ? meta.build() : meta.withNamespace(namespace).build();
  }

  @Override
  public void close() throws IOException {
    var last = sidecar;
    if (last != null) {
      last.close();
    }
    beside.close();
    operator.close();
    plane.forget(namespaces);
    kubectl.close();
    provider.close();
  }
}
