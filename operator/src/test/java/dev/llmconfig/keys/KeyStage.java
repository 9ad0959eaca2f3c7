package dev.llmconfig.keys;

import static org.awaitility.Awaitility.await;

import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigStatus;
import dev.llmconfig.api.v1alpha1.HandledKeyRequests;
import dev.llmconfig.cli.RunningOperator;
import dev.llmconfig.provider.Prober;
import dev.llmconfig.provider.fake.FakeProvider;
import dev.llmconfig.provider.fake.Seen;
import dev.llmconfig.provider.transport.AddressRules;
import dev.llmconfig.provider.transport.Egress;
import dev.llmconfig.provider.transport.Limits;
import dev.llmconfig.provider.transport.Lookup;
import dev.llmconfig.provider.transport.NetworkTransport;
import dev.llmconfig.testing.Actor;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.Crds;
import dev.llmconfig.testing.Kubectl;
import dev.llmconfig.testing.Requests;
import dev.llmconfig.verify.Asking;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.core.ConditionFactory;

/// Who takes part in a story: an engineer at a terminal, a provider, and the operator. A key lives
/// below a path of its own at the provider, `/<name>/v1`, so that what is asked about it can be
/// counted.
final class KeyStage implements AutoCloseable {

  /// Long enough for a busy machine; nothing waits for it to pass.
  static final Duration SOON = Duration.ofSeconds(30);

  final ControlPlane plane;
  final Actor account;
  final FakeProvider provider = FakeProvider.start();
  final Kubectl kubectl = Kubectl.admin();
  final String ring = RunningOperator.newKey();
  private Optional<RunningOperator> operator = Optional.empty();
  private Limits limits = Limits.STANDARD;

  private KeyStage(ControlPlane plane) {
    this.plane = plane;
    Crds.install(plane);
    account = RunningOperator.account(plane);
  }

  /// Before the operator comes.
  static KeyStage set(ControlPlane plane) {
    return new KeyStage(plane);
  }

  /// For who tells of a provider that never answers.
  KeyStage waitingNoLongerThan(Duration patience) {
    limits = new Limits(patience, patience, patience, patience);
    return this;
  }

  KeyStage start(String... flags) throws IOException {
    return start(account.client().getConfiguration(), flags);
  }

  /// Over a way of its own to the API server.
  KeyStage start(Config way, String... flags) throws IOException {
    var network = new NetworkTransport(limits, AddressRules.STANDARD, Egress.DIRECT, Lookup.SYSTEM);
    var prober = new Prober(network, limits, InstantSource.system());
    operator =
        Optional.of(
            RunningOperator.start(plane, way, Asking.through(prober), network, ring, flags));
    return this;
  }

  void stop() {
    operator.ifPresent(RunningOperator::close);
    operator = Optional.empty();
  }

  void restart() throws IOException {
    stop();
    start();
  }

  RunningOperator operator() {
    return operator.orElseThrow();
  }

  @Override
  public void close() throws IOException {
    stop();
    provider.close();
    kubectl.close();
  }

  // The engineer.

  /// What Git says about a key: OpenAI's API at a place that its owner agrees to.
  String inGit(String name, String... more) {
    return """
    apiVersion: llmconfig.dev/v1alpha1
    kind: ApiKeyConfig
    metadata: {name: %s, namespace: %s}
    spec:
      provider: OpenAI
      endpoint: %s
      allowInsecureEndpoint: true
      secretRef: {name: %s, key: api-key}
    """
            .formatted(name, plane.namespace(), place(name), name)
        + String.join("", List.of(more).stream().map(line -> "  " + line + "\n").toList());
  }

  /// The same with the key from elsewhere than a Secret.
  String inGitWith(String name, String source) {
    return inGit(name).replace("secretRef: {name: %s, key: api-key}".formatted(name), source);
  }

  String place(String name) {
    return provider.url("/" + name + "/v1");
  }

  /// A Secret whose owner agrees to the place of that key.
  String secret(String name, String key) {
    return secretAgreeingTo(name, key, place(name));
  }

  String secretAgreeingTo(String name, String key, String places) {
    return """
    apiVersion: v1
    kind: Secret
    metadata:
      name: %s
      namespace: %s
      annotations: {llmconfig.dev/allowed-endpoints: "%s"}
    stringData: {api-key: "%s"}
    """
        .formatted(name, plane.namespace(), places, key);
  }

  void apply(String... yaml) {
    kubectl.apply(String.join("---\n", yaml));
  }

  String run(String... words) {
    var all = new ArrayList<>(List.of(words));
    all.add("--namespace=" + plane.namespace());
    return kubectl.run(all.toArray(String[]::new));
  }

  /// As `kubectl wait` sees it.
  void waitFor(String name, String condition) {
    run(
        "wait",
        "--for=condition=" + condition,
        "--timeout=" + SOON.toSeconds() + "s",
        "akc/" + name);
  }

  void requestCheck(String name, String wish) {
    run("annotate", "akc", name, "--overwrite", "llmconfig.dev/verify-requested-at=" + wish);
  }

  // What can be seen.

  KubernetesClient client() {
    return plane.admin().client();
  }

  ApiKeyConfig get(String name) {
    return client()
        .resources(ApiKeyConfig.class)
        .inNamespace(plane.namespace())
        .withName(name)
        .require();
  }

  ApiKeyConfigStatus status(String name) {
    return Objects.requireNonNull(get(name).getStatus());
  }

  Optional<Condition> condition(String name, String type) {
    return Optional.ofNullable(get(name).getStatus())
        .flatMap(status -> Optional.ofNullable(status.getConditions()))
        .flatMap(all -> all.stream().filter(one -> one.getType().equals(type)).findFirst());
  }

  /// Of the key in use; empty while none is.
  String revision(String name) {
    return Objects.requireNonNullElse(status(name).getRevision(), "");
  }

  /// The wish for a check that was answered last.
  String handled(String name) {
    return Optional.ofNullable(status(name).getHandled())
        .map(HandledKeyRequests::getVerify)
        .orElse("");
  }

  String says(String name, String type) {
    return condition(name, type).map(one -> one.getStatus() + " " + one.getReason()).orElse("");
  }

  String message(String name, String type) {
    return condition(name, type).map(Condition::getMessage).orElse("");
  }

  Kstatus kstatus(String name) {
    return Kstatus.of(get(name));
  }

  Optional<Secret> find(String name) {
    return Optional.ofNullable(
        client().secrets().inNamespace(plane.namespace()).withName(name).get());
  }

  /// The Secret of ours, as it is to the letter.
  Secret managed(String name) {
    return find(name + "-llmkey").orElseThrow();
  }

  /// What the provider was asked about this key.
  List<Seen> calls(String name) {
    return provider.seen().stream()
        .filter(seen -> seen.path().startsWith("/" + name + "/"))
        .toList();
  }

  void awaits(String name, String type, String says) {
    eventually(name + " to say " + type + " " + says).until(() -> says(name, type).equals(says));
  }

  static ConditionFactory eventually(String what) {
    return await(what).atMost(SOON).pollInterval(Duration.ofMillis(50)).ignoreExceptions();
  }

  /// Until the operator has looked at this key twice from now on: it reads the key's Secret each
  /// time, and the second look begins when the first has ended, writes included.
  void looksTwice(String name) {
    for (int look = 1; look <= 2; look++) {
      var mark = plane.audit().mark();
      var label = "llmconfig.test/look-" + System.nanoTime();
      client()
          .secrets()
          .inNamespace(plane.namespace())
          .withName(name)
          .edit(one -> {
            one.getMetadata().setLabels(Map.of(label, "x"));
            return one;
          });
      eventually("a look at " + name)
          .until(() ->
              plane
                      .audit()
                      .since(mark)
                      .by(account)
                      .verb("get")
                      .on("secrets")
                      .only(named(name))
                      .count()
                  > 0);
    }
  }

  private static Predicate<Requests.Request> named(String name) {
    return request -> request.name().equals(name);
  }
}
