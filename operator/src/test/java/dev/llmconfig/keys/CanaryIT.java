package dev.llmconfig.keys;

import static dev.llmconfig.keys.KeyStage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.cli.RunningOperator;
import dev.llmconfig.provider.fake.Mood;
import dev.llmconfig.testing.AuditLog;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Seeds;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// More than forty keys go every way there is, to providers that repeat them wherever they can; and
/// nothing that anybody may read holds a piece of one.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class CanaryIT {

  private final long seed = Seeds.next(CanaryIT.class);
  private final Canaries canaries = new Canaries(seed);
  private final Map<String, String> ends = new LinkedHashMap<>();
  private final Set<String> owners = new TreeSet<>();
  private final Set<String> unusable = new TreeSet<>();

  @TempDir Path folder;

  private KeyStage stage;
  private Tokens tokens;
  private AuditLog.Mark beginning;
  private Sweep sweep;

  @BeforeEach
  void set(ControlPlane plane) {
    stage = KeyStage.set(plane);
    tokens = new Tokens(plane, stage.ring);
    sweep = new Sweep(stage, folder, owners, unusable);
    beginning = plane.audit().mark();
  }

  @AfterEach
  void close() throws IOException {
    stage.close();
  }

  @Test
  void noPieceOfAKeyIsInAnythingThatAnybodyMayRead() throws Exception {
    try (var operator = start()) {
      secretsOfEveryFate();
      secretsThatHoldNoKey();
      keysInGit();
      everyEndIsReached();
      agents();
      keysThatChange();
      agentsHaveTheNewKey();
      assertThat(canaries.secrets()).hasSizeGreaterThanOrEqualTo(40);
      everyCopyOfKubectlIsGone();

      assertThat(found(operator)).as("seed " + seed).isEmpty();
      itWouldHaveBeenFound(operator);
      assertThat(operator.end()).isZero();
    }
    try (var operator = start("--allow-unbound-tokens")) {
      for (var name : new String[] {"unbound", "sealed"}) {
        stage.awaits(name, "Ready", "True Verified");
      }

      assertThat(found(operator)).as("seed " + seed).isEmpty();
      assertThat(operator.end()).isZero();
      assertThat(operator.log())
          .contains("The operator ends")
          .doesNotContain("\"level\":\"ERROR\"");
      assertThat(canaries.in(operator.log())).isZero();
    }
  }

  private void secretsOfEveryFate() {
    for (int at = 0; at < 3; at++) {
      secret("good-" + at, canaries.key("sk-"), "Ready True Verified");
      secret("rotated-" + at, canaries.key("sk-"), "Ready True Verified");
      secret("kept-" + at, canaries.key("sk-"), "Ready True Verified");
      secret("repeated-" + at, canaries.key("sk-proj-fx-OA03-"), "Verified False InvalidKey");
    }
    for (int at = 0; at < 2; at++) {
      secret("in-part-" + at, canaries.key("sk-proj-fx-OA02-"), "Verified False InvalidKey");
      secret("in-code-" + at, canaries.key("sk-fx-NX23-"), "Verified Unknown UnrecognisedAnswer");
      secret("in-dump-" + at, canaries.key("sk-fx-NX05-"), "Verified Unknown UnrecognisedAnswer");
      secret("in-models-" + at, canaries.key("sk-fx-NX24-"), "Ready True Verified");
      moody("away-" + at, Mood.Repeating, "Verified Unknown ProviderUnavailable");
      moody("slow-" + at, Mood.Stalled, "Verified Unknown Timeout");
      moody("moved-" + at, Mood.Redirecting, "Verified False EndpointRedirected");
    }
    stage.provider.redirectTo("http://127.0.0.1:1/{KEY}");
    unasked("trusted", canaries.key("sk-"));
    google("of-google", canaries.key("AIzafx-GE04-"));
    secret("deleted", canaries.key("sk-"), "Ready True Verified");
  }

  private void secretsThatHoldNoKey() {
    secret(
        "spaced", canaries.key("sk-") + " " + canaries.key("sk-"), "Resolved False KeyMalformed");
    secret(
        "broken",
        canaries.key("sk-") + "\\u0007" + canaries.key("sk-"),
        "Resolved False KeyMalformed");
    secret("umlaut", canaries.key("sk-") + "\\u00fc", "Resolved False KeyMalformed");
    owned("misplaced", "Resolved False KeyNotInSecret");
    stage.apply(
        stage.inGit("misplaced"),
        stage.secret("misplaced", canaries.key("sk-")).replace("{api-key:", "{another-key:"));
    owned("foreign", "Resolved False EndpointNotAllowed");
    stage.apply(
        stage.inGit("foreign"),
        stage.secretAgreeingTo("foreign", canaries.key("sk-"), "https://elsewhere.example.com"));
    unusable.addAll(Set.of("spaced", "broken", "umlaut", "misplaced", "foreign"));
  }

  private void keysInGit() {
    var here = stage.plane.namespace();
    token(
        "own-0",
        tokens.bound(here, "own-0", stage.place("own-0"), canaries.key("sk-")),
        "Ready True Verified");
    token(
        "own-1",
        tokens.bound(here, "own-1", stage.place("own-1"), canaries.key("sk-proj-fx-OA03-")),
        "Verified False InvalidKey");
    var copied = tokens.bound(here, "somebody-else", stage.place("copied"), canaries.key("sk-"));
    token("copied", copied, "Resolved False TokenBoundElsewhere");
    token("unbound", tokens.bare(canaries.key("sk-")), "Resolved False TokenBoundElsewhere");
    var lost = new Tokens(stage.plane, RunningOperator.newKey());
    token(
        "locked",
        lost.bound(here, "locked", stage.place("locked"), canaries.key("sk-")),
        "Resolved False DecryptionFailed");
    sealed("sealed", stage.inGit("sealed"), "Resolved False EndpointNotAllowed");
    var unproven = stage.inGit("misled", "verification: {mode: Disabled}");
    sealed(
        "misled",
        unproven.replace("  endpoint: " + stage.place("misled") + "\n", ""),
        "Resolved False UnsealFailed");
  }

  /// One of each mode; a Secret with the plain key is made for each of them.
  private void agents() {
    agent("rotated-0", "Env");
    agent("rotated-1", "File");
    agent("rotated-2", "EnvFrom");
    for (int at = 0; at < 3; at++) {
      var name = "rotated-" + at;
      eventually("the agent of " + name)
          .until(
              () -> stage.run("get", "mcfg", name, "-o=jsonpath={.status.agents}").equals("1/1"));
    }
  }

  private void agent(String name, String mode) {
    stage.apply(
        """
        apiVersion: llmconfig.dev/v1alpha1
        kind: ModelConfig
        metadata: {name: %1$s, namespace: %2$s}
        spec: {apiKeyRef: {name: %1$s}, model: gpt-5-mini, delivery: {mode: %3$s}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: %1$s, namespace: %2$s, labels: {llmconfig.dev/model-config: %1$s}}
        spec:
          replicas: 0
          selector: {matchLabels: {app: %1$s}}
          template:
            metadata: {labels: {app: %1$s}}
            spec:
              containers:
              - name: agent
                image: example.com/agent:1
                envFrom: [{secretRef: {name: %1$s-llm-env, optional: true}}]
        """
            .formatted(name, stage.plane.namespace(), mode));
  }

  private void agentsHaveTheNewKey() {
    for (int at = 0; at < 3; at++) {
      var name = "rotated-" + at;
      eventually("the agent of " + name + " to have the new key")
          .until(() ->
              stage
                      .run("get", "mcfg", name, "-o=jsonpath={.status.applied.apiKeyRevision}")
                      .equals(stage.revision(name))
                  && stage.run("get", "mcfg", name, "-o=jsonpath={.status.agents}").equals("1/1"));
    }
  }

  private void keysThatChange() {
    for (int at = 0; at < 3; at++) {
      var first = stage.revision("rotated-" + at);
      var rotated = "rotated-" + at;
      stage.apply(stage.secret(rotated, canaries.key("sk-")));
      stage.apply(stage.secret("kept-" + at, canaries.key("sk-proj-fx-OA03-")));
      eventually("the second key of " + rotated)
          .until(() ->
              stage.says(rotated, "Ready").equals("True Verified")
                  && !stage.revision(rotated).equals(first));
      assertThat(stage.managed(rotated).getData()).containsOnlyKeys("current", "previous");
      stage.awaits("kept-" + at, "Ready", "True KeptLastGood");
    }
    stage.run("delete", "akc,secret", "deleted");
  }

  private void everyEndIsReached() {
    ends.forEach((name, end) -> {
      var type = end.substring(0, end.indexOf(' '));
      stage.awaits(name, type, end.substring(type.length() + 1));
    });
  }

  private void everyCopyOfKubectlIsGone() {
    for (var name : owners) {
      if (!unusable.contains(name) && !name.equals("deleted") && !name.endsWith("-sealed")) {
        eventually("the copy of " + name + " to go")
            .until(() ->
                !stage
                    .find(name)
                    .orElseThrow()
                    .getMetadata()
                    .getAnnotations()
                    .containsKey("kubectl.kubernetes.io/last-applied-configuration"));
      }
    }
  }

  private Map<String, Long> found(OperatorJvm operator) throws Exception {
    return sweep.finds(canaries, operator, beginning);
  }

  /// What is put there by hand is found, and nothing else is: in an object of a kind that has
  /// nothing to do with us, and in a file beside the mirror.
  private void itWouldHaveBeenFound(OperatorJvm operator) throws Exception {
    assertThat(canaries.in(content("good-0"))).as("seed " + seed).isPositive();
    var piece = canaries.secrets().getFirst().substring(11, 11 + Canaries.RUN);
    var planted =
        stage
            .client()
            .resource(
                new ConfigMapBuilder()
                    .withNewMetadata()
                    .withNamespace(stage.plane.namespace())
                    .withName("planted")
                    .endMetadata()
                    .withData(Map.of("reversed", new StringBuilder(piece).reverse().toString()))
                    .build());
    planted.create();
    var file = folder.resolve("data/planted");
    Files.writeString(file, HexFormat.of().formatHex(piece.getBytes(StandardCharsets.UTF_8)));

    assertThat(found(operator)).containsOnlyKeys("ConfigMap/planted v1", "file data/planted");

    planted.delete();
    Files.delete(file);
  }

  private String content(String name) {
    return new String(
        Base64.getDecoder().decode(stage.find(name).orElseThrow().getData().get("api-key")),
        StandardCharsets.UTF_8);
  }

  private void owned(String name, String end) {
    owners.add(name);
    ends.put(name, end);
  }

  private void secret(String name, String key, String end) {
    owned(name, end);
    stage.apply(stage.inGit(name), stage.secret(name, key));
  }

  private void moody(String name, Mood mood, String end) {
    stage.provider.mood("/" + name + "/", mood);
    secret(name, canaries.key("sk-"), end);
  }

  private void unasked(String name, String key) {
    owned(name, "Ready True VerificationDisabled");
    stage.apply(stage.inGit(name, "verification: {mode: Disabled}"), stage.secret(name, key));
  }

  private void google(String name, String key) {
    owned(name, "Verified False KeyDisabled");
    var root = stage.provider.url("/" + name);
    stage.apply(
        stage.inGit(name).replace("OpenAI", "Google").replace(stage.place(name), root),
        stage.secretAgreeingTo(name, key, root));
  }

  private void token(String name, String token, String end) {
    ends.put(name, end);
    stage.apply(stage.inGitWith(name, "encryptedKey: " + token));
  }

  /// What the sealed-secrets controller makes of it holds the key in plain, as it is meant to.
  private void sealed(String name, String git, String end) {
    ends.put(name, end);
    owners.add(name + "-sealed");
    var sealedFor = name.equals("misled") ? "somebody-else" : name;
    stage.apply(
        git.replace(
            "secretRef: {name: %s, key: api-key}".formatted(name),
            "sealedKey: {encryptedData: %s}"
                .formatted(tokens.sealed(sealedFor, canaries.key("sk-")))));
  }

  private OperatorJvm start(String... flags) {
    var all = new ArrayList<>(List.of(flags));
    all.addAll(List.of("--log-level", "debug"));
    return OperatorJvm.start(folder, stage.account, stage.ring, all.toArray(String[]::new));
  }
}
