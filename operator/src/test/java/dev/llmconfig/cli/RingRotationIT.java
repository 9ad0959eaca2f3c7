package dev.llmconfig.cli;

import static dev.llmconfig.cli.KeyFolk.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.crypto.Envelope;
import dev.llmconfig.crypto.Opening;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.testing.Actor;
import dev.llmconfig.testing.AuditLog;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import dev.llmconfig.testing.Kubectl;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A new key is put in front of the ring, as the page about encryption says, with twenty keys in
/// the cluster and one token in Git.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class RingRotationIT {

  private static final String RING = "llm-config-operator-keyring";
  private static final int KEYS = 20;

  @TempDir Path folder;

  private ControlPlane plane;
  private Actor account;
  private KeyFolk folk;

  @BeforeEach
  void join(ControlPlane plane) {
    this.plane = plane;
    Crds.install(plane);
    account = RunningOperator.account(plane);
    folk = new KeyFolk(plane, plane.closedLater(Kubectl.admin()), folder, plane.namespace());
  }

  @Test
  void itIsSaidOnceWhenTheOldKeyMayGoAndNotBefore() throws Exception {
    var operator = start();
    try {
      await("the ring")
          .atMost(SOON)
          .until(() -> folk.findSecret(RING).map(Secret::getData).isPresent());
      var old = ring();
      IntStream.range(0, KEYS).forEach(at -> folk.key("key-" + at));
      folk.apply(inGit(token(old)));
      IntStream.range(0, KEYS).forEach(at -> folk.awaitReady("key-" + at, "VerificationDisabled"));
      folk.awaitReady("in-git", "VerificationDisabled");
      var revisions = revisions();
      assertThat(pending(operator)).isEqualTo("0.0");

      var fresh = RunningOperator.newKey();
      setRing(fresh + "," + old);

      await("all managed Secrets to be encrypted with the new key")
          .atMost(SOON)
          .until(() -> IntStream.range(0, KEYS).allMatch(at -> opens(fresh, "key-" + at)));
      await("the token in Git to be named")
          .atMost(SOON)
          .until(() -> folk.events("TokenUsesOldKey", "in-git").size() == 1);
      await("the metric").atMost(SOON).until(() -> pending(operator).equals("1.0"));
      assertThat(opens(fresh, "in-git")).as("what we hold of it is ours to renew").isTrue();
      assertThat(revisions()).isEqualTo(revisions);
      assertThat(folk.events("ReencryptionDone", RING)).isEmpty();
    } finally {
      operator.close();
    }

    // A restart neither forgets the token nor says anything twice.
    var restarted = plane.audit().mark();
    var again = start();
    try {
      awaitLooks(restarted);
      assertThat(folk.events("TokenUsesOldKey", "in-git")).hasSize(1);
      assertThat(folk.events("ReencryptionDone", RING)).isEmpty();
      assertThat(pending(again)).isEqualTo("1.0");

      folk.apply(inGit(token(ring().split(",", 0)[0])));

      await("the end to be told")
          .atMost(SOON)
          .until(() -> !folk.events("ReencryptionDone", RING).isEmpty());
      assertThat(folk.events("ReencryptionDone", RING))
          .singleElement()
          .satisfies(event -> {
            assertThat(event.getType()).isEqualTo("Normal");
            assertThat(event.getInvolvedObject().getKind()).isEqualTo("Secret");
            assertThat(event.getInvolvedObject().getUid())
                .isEqualTo(folk.findSecret(RING).orElseThrow().getMetadata().getUid());
          });
      await("the metric").atMost(SOON).until(() -> pending(again).equals("0.0"));
      assertThat(folk.kubectl("events", "--for=secret/" + RING)).contains("ReencryptionDone");
    } finally {
      again.close();
    }

    var mark = plane.audit().mark();
    try (var _ = start()) {
      awaitLooks(mark);
      assertThat(folk.events("ReencryptionDone", RING)).hasSize(1);
    }
    assertThat(plane.audit().since(mark).by(account).writes().butLeases()).isEmpty();
  }

  private Map<String, String> revisions() {
    var revisions = new TreeMap<String, String>();
    for (int at = 0; at < KEYS; at++) {
      revisions.put(
          "key-" + at,
          Objects.requireNonNull(folk.find("key-" + at).orElseThrow().getStatus().getRevision()));
    }
    return revisions;
  }

  private RunningOperator start() throws IOException {
    return RunningOperator.start(plane, account, "");
  }

  /// Until every key was looked at since.
  private void awaitLooks(AuditLog.Mark mark) {
    await("a look at each key")
        .atMost(SOON)
        .until(() ->
            plane.audit().since(mark).by(account).verb("get").on("secrets").all().stream()
                    .map(request -> request.name())
                    .filter(name -> name.startsWith("key-"))
                    .distinct()
                    .count()
                == KEYS);
  }

  private String ring() {
    return new String(
        Base64.getDecoder().decode(folk.findSecret(RING).orElseThrow().getData().get("keys")),
        StandardCharsets.US_ASCII);
  }

  private void setRing(String keys) {
    plane
        .admin()
        .client()
        .secrets()
        .inNamespace(plane.namespace())
        .withName(RING)
        .edit(one -> new SecretBuilder(one).withStringData(Map.of("keys", keys)).build());
  }

  private boolean opens(String key, String name) {
    var token =
        new String(
            Base64.getDecoder()
                .decode(folk.findSecret(name + "-llmkey").orElseThrow().getData().get("current")),
            StandardCharsets.US_ASCII);
    try (var ring = RunningOperator.ring(key)) {
      return ring.open(token) instanceof Opening.Opened;
    }
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
    metadata: {name: in-git}
    spec: {provider: OpenAI, encryptedKey: %s, verification: {mode: Disabled}}
    """
        .formatted(token);
  }

  private static String pending(RunningOperator operator) throws IOException, InterruptedException {
    return operator
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("llmconfig_reencryption_pending "))
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .findFirst()
        .orElse("");
  }
}
