package dev.llmconfig.cli;

import static dev.llmconfig.cli.KeyFolk.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.crypto.Envelope;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.testing.Actor;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import dev.llmconfig.testing.Kubectl;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// `llmconfig keyring` against a cluster, as people run it.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class KeyringCommandsIT {

  private static final String RING = "llm-config-operator-keyring";
  private static final int KEYS = 100;
  private static final Duration LATER = Duration.ofMinutes(2);

  @TempDir Path folder;

  private ControlPlane plane;
  private KeyFolk folk;

  @BeforeEach
  void join(ControlPlane plane) {
    this.plane = plane;
    Crds.install(plane);
    folk = new KeyFolk(plane, plane.closedLater(Kubectl.admin()), folder, plane.namespace());
  }

  @Test
  void aRotationTouchesNoWorkloadAndWaitsForGit() throws Exception {
    var account = RunningOperator.account(plane);
    try (var _ = RunningOperator.start(plane, account, "")) {
      awaitRing();
      var old = ring();
      for (int at = 0; at < KEYS; at++) {
        create("key-" + at);
      }
      folk.apply(agent());
      folk.apply(inGit(token(old)));
      await("the keys")
          .atMost(LATER)
          .until(() ->
              IntStream.range(0, KEYS)
                  .allMatch(at -> folk.findSecret("key-" + at + "-llmkey").isPresent()));
      await("the agent to have its settings")
          .atMost(SOON)
          .until(() -> folk.kubectl("get", "deployment", "chat", "-o", "yaml").contains("OPENAI_"));
      folk.awaitReady("in-git", "VerificationDisabled");
      var before = plane.audit().mark();

      var added = run("keyring", "add");

      assertThat(added.err()).isEmpty();
      assertThat(added.exitCode()).isZero();
      assertThat(ring().split(",", 0)).hasSize(2).endsWith(old);
      await("the operator to have encrypted anew what it holds")
          .atMost(LATER)
          .until(() -> needing().size() == 1);
      var left = needing().get(0);
      assertThat(left.path("name").asText()).isEqualTo("in-git");
      assertThat(left.path("where").asText()).isEqualTo("Spec");
      assertThat(left.path("managedBy").path("tool").asText()).isEqualTo("ArgoCD");
      assertThat(left.path("managedBy").path("name").asText()).isEqualTo("llm-agents");
      assertThat(run("keyring", "status").out())
          .contains("in-git", "spec.encryptedKey", "ArgoCD llm-agents")
          .doesNotContain("managed Secret");

      var refused = run("keyring", "drop-oldest");
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.out()).contains("in-git");
      assertThat(refused.err())
          .startsWith("Nothing was dropped, because 1 token needs an older key");
      assertThat(ring()).endsWith(old);

      folk.apply(inGit(token(ring().split(",", 0)[0])));
      await("the oldest key to be dropped")
          .atMost(SOON)
          .until(() -> run("keyring", "drop-oldest").exitCode() == 0);
      assertThat(ring()).doesNotContain(old).doesNotContain(",");
      var only = run("keyring", "drop-oldest");
      assertThat(only.exitCode()).isEqualTo(1);
      assertThat(only.err()).contains("has one key only, and that one is never dropped");

      folk.awaitReady("in-git", "VerificationDisabled");
      var workloads = plane.audit().since(before).by(account).writes().on("deployments");
      assertThat(workloads).isEmpty();
      assertThat(added.out() + refused.out() + refused.err() + only.err())
          .doesNotContain(old)
          .doesNotContain(ring());
    }
  }

  @Test
  void ofSeveralPeopleWhoAddAKeyAtOnceNobodyLosesOne() throws Exception {
    write(RunningOperator.newKey());
    try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Run> add = () -> run("keyring", "add", "--name", RING);
      var runs = people.invokeAll(Collections.nCopies(4, add));
      for (var each : runs) {
        assertThat(each.get().err()).isEmpty();
      }
    }

    assertThat(ring().split(",", 0)).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void aRingIsMadeOnceAndNeverOverWhatItCouldNotOpen() {
    var init = new String[] {"keyring", "init", "--name", RING};
    held(token(RunningOperator.newKey()));

    var refused = run(init);
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("1 key is encrypted", "keyring-backup.yaml", "--forget");
    assertThat(folk.findSecret(RING)).isEmpty();

    folk.apply(inGit(token(RunningOperator.newKey())));
    var forgotten = run(with(init, "--forget"));
    assertThat(forgotten.err()).isEmpty();
    assertThat(forgotten.out())
        .contains("was made")
        .contains(
            "Taken up again from their Secrets, or waiting for their token: %s/lost."
                .formatted(plane.namespace()))
        .contains("their token does not open any more: %s/in-git.".formatted(plane.namespace()));
    assertThat(folk.findSecret("lost-llmkey")).isEmpty();
    var made = ring();

    var again = run(init);
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err()).contains("is there already");
    held(token(made));
    assertThat(run(with(init, "--forget")).out()).contains("is in order and was not touched");
    assertThat(ring()).isEqualTo(made);
    assertThat(folk.findSecret("lost-llmkey")).isPresent();
  }

  @Test
  void whoMayNotIsToldSo() {
    var nobody = plane.actor("nobody");

    var refused = Run.against(clusters(nobody), "keyring", "status", "-n", plane.namespace());

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("you may not list Secrets there").hasLineCount(1);
  }

  private Run run(String... arguments) {
    var words = new ArrayList<>(List.of(arguments));
    words.addAll(List.of("-n", plane.namespace(), "--watch-namespaces", plane.namespace()));
    return Run.against(clusters(plane.admin()), words.toArray(String[]::new));
  }

  private static Clusters clusters(Actor actor) {
    return _ -> new KubernetesClientBuilder().withConfig(actor.client().getConfiguration()).build();
  }

  private static String[] with(String[] words, String last) {
    var all = Arrays.copyOf(words, words.length + 1);
    all[words.length] = last;
    return all;
  }

  private List<JsonNode> needing() throws Exception {
    var status = run("keyring", "status", "-o", "json");
    assertThat(status.err()).isEmpty();
    return new ObjectMapper().readTree(status.out()).path("needOlderKey").valueStream().toList();
  }

  private void awaitRing() {
    await("the ring")
        .atMost(SOON)
        .until(() -> folk.findSecret(RING).map(Secret::getData).isPresent());
  }

  private String ring() {
    return new String(
        Base64.getDecoder().decode(folk.findSecret(RING).orElseThrow().getData().get("keys")),
        StandardCharsets.US_ASCII);
  }

  private void write(String keys) {
    secret(RING, "llmconfig.dev/key-ring", Map.of("keys", keys));
  }

  /// As the operator would have made it.
  private void held(String token) {
    secret("lost-llmkey", "llmconfig.dev/encrypted-key", Map.of("current", token));
  }

  private void secret(String name, String type, Map<String, String> data) {
    plane
        .admin()
        .client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(plane.namespace())
                .withName(name)
                .addToLabels("llmconfig.dev/api-key", "lost")
                .endMetadata()
                .withType(type)
                .withStringData(data)
                .build())
        .create();
  }

  private void create(String name) {
    secret(name, "Opaque", Map.of("api-key", "sk-" + name + "-0123456789abcdef"));
    var key = Serialization.unmarshal(KeyFolk.unverified(name), ApiKeyConfig.class);
    key.getMetadata().setNamespace(plane.namespace());
    plane.admin().client().resource(key).create();
  }

  private String token(String key) {
    try (var envelope =
            new Envelope(
                Envelope.Purpose.Spec,
                plane.namespace(),
                "in-git",
                "https://api.openai.com/v1",
                SecretBytes.taking("sk-in-git-0123456789".getBytes(StandardCharsets.US_ASCII)));
        var json = envelope.toJson();
        var ring = RunningOperator.ring(key)) {
      return ring.encrypt(json, Instant.EPOCH);
    }
  }

  private static String inGit(String token) {
    return """
    apiVersion: llmconfig.dev/v1alpha1
    kind: ApiKeyConfig
    metadata:
      name: in-git
      labels: {argocd.argoproj.io/instance: llm-agents}
    spec: {provider: OpenAI, encryptedKey: %s, verification: {mode: Disabled}}
    """
        .formatted(token);
  }

  private static String agent() {
    return """
    apiVersion: llmconfig.dev/v1alpha1
    kind: ApiKeyConfig
    metadata: {name: echo}
    spec: {provider: Echo}
    ---
    apiVersion: llmconfig.dev/v1alpha1
    kind: ModelConfig
    metadata: {name: chat}
    spec: {apiKeyRef: {name: echo}, model: echo-markdown}
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: chat
      labels: {llmconfig.dev/model-config: chat}
    spec:
      selector: {matchLabels: {app: chat}}
      template:
        metadata: {labels: {app: chat}}
        spec: {containers: [{name: agent, image: agent}]}
    """;
  }
}
