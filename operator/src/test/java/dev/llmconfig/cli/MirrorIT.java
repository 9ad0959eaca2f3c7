package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.AgentRow;
import dev.llmconfig.mirror.Change;
import dev.llmconfig.mirror.HeldToken;
import dev.llmconfig.mirror.KeyRow;
import dev.llmconfig.mirror.MirrorUnavailable;
import dev.llmconfig.mirror.MirrorView;
import dev.llmconfig.mirror.ObjectKind;
import dev.llmconfig.mirror.Stored;
import dev.llmconfig.sqlite.ConfigReader;
import dev.llmconfig.testing.Actor;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import dev.llmconfig.testing.Kubectl;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The rows of the cluster, as the sidecar reads them from the directory of a running operator.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class MirrorIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String KEY = RunningOperator.newKey();
  private static final String CANARY = "sk-canary0Zq7Xw3Lm9Pr5Tb1Vn8Kd4Hs6Jf2";

  @TempDir Path data;

  private ControlPlane plane;
  private Actor account;
  private Kubectl kubectl;
  private ConfigReader reader;

  @BeforeEach
  void join(ControlPlane plane) {
    this.plane = plane;
    Crds.install(plane);
    account = plane.actor("llm-config-operator", RunningOperator.RIGHTS);
    kubectl = plane.closedLater(Kubectl.admin());
    reader = plane.closedLater(ConfigReader.of(data));
  }

  @Test
  void aRowIsThereWithinASecondOfKubectlApplyAndGoneWithinASecondOfDelete() throws Exception {
    try (var operator = start(data)) {
      awaitBuilt();

      var applied = apply("openai");
      await("the row").atMost(SOON).until(() -> key("openai").isPresent());
      assertThat(Duration.between(applied, Instant.now())).isLessThan(Duration.ofSeconds(1));

      await("the token of the managed Secret")
          .atMost(SOON)
          .until(() -> key("openai").flatMap(KeyRow::current).isPresent());
      assertThat(key("openai").orElseThrow().current().orElseThrow().token())
          .isEqualTo(managedToken("openai"));

      kubectl.run("delete", "apikeyconfig", "openai", "-n", plane.namespace(), "--wait=false");
      var deleted = Instant.now();
      await("the row to go").atMost(SOON).until(() -> key("openai").isEmpty());
      assertThat(Duration.between(deleted, Instant.now())).isLessThan(Duration.ofSeconds(1));
      assertThat(changes("openai")).contains("kubectl-client-side-apply", "llm-config-operator");
      assertThat(operator.get("/readyz").body()).contains("[+] mirror: ok");
      assertThat(operator.get("/metrics").body()).contains("llmconfig_mirror_lag_seconds");
    }
  }

  @Test
  void anAgentHasARowThatKnowsItsModelConfigAndNothingOfItsPods() throws Exception {
    try (var _ = start(data)) {
      awaitBuilt();
      kubectl.apply(
          """
          apiVersion: apps/v1
          kind: Deployment
          metadata: {name: chat, namespace: %1$s, labels: {llmconfig.dev/model-config: default}}
          spec:
            replicas: 0
            selector: {matchLabels: {app: chat}}
            template:
              metadata: {labels: {app: chat}}
              spec: {containers: [{name: agent, image: "example.com/agent:1", env: [{name: OWN, value: %2$s}]}]}
          """
              .formatted(plane.namespace(), CANARY));
      await("the row of a follower of no default")
          .atMost(SOON)
          .until(() -> agent("chat").filter(row -> row.modelConfig().isEmpty()).isPresent());

      kubectl.apply(
          """
          apiVersion: llmconfig.dev/v1alpha1
          kind: ModelConfig
          metadata: {name: support, namespace: %s}
          spec: {apiKeyRef: {name: none}, model: gpt-5-mini, isDefault: true}
          """
              .formatted(plane.namespace()));
      await("the row to follow the default")
          .atMost(SOON)
          .until(
              () -> agent("chat").filter(row -> row.modelConfig().equals("support")).isPresent());
      assertThat(agent("chat").orElseThrow().requested().model()).isEqualTo("gpt-5-mini");
      for (var file : List.of("config.db", "config.db-wal")) {
        assertThat(Files.readString(data.resolve(file), StandardCharsets.ISO_8859_1))
            .doesNotContain(CANARY);
      }

      kubectl.run("delete", "deployment", "chat", "-n", plane.namespace());
      await("the row to go").atMost(SOON).until(() -> agent("chat").isEmpty());
    }
  }

  private Optional<AgentRow> agent(String name) {
    return read(view -> view.agent(AgentRow.ref(plane.namespace(), "Deployment", name)))
        .map(Stored::row);
  }

  @Test
  void whatWasDeletedWhileTheOperatorWasDownIsGoneAndTheRestIsThere() throws Exception {
    try (var _ = start(data)) {
      awaitBuilt();
      apply("openai");
      apply("mistral");
      await("both rows")
          .atMost(SOON)
          .until(() -> key("openai").isPresent() && key("mistral").isPresent());
    }
    var before = read(MirrorView::position);

    kubectl.run("delete", "apikeyconfig", "openai", "-n", plane.namespace());

    assertThat(key("openai")).as("nobody has heard of it yet").isPresent();
    try (var _ = start(data)) {
      await("a new epoch")
          .atMost(SOON)
          .until(() -> !read(MirrorView::position).epoch().equals(before.epoch()));
      assertThat(key("openai")).isEmpty();
      assertThat(key("mistral")).isPresent();
      assertThat(read(MirrorView::position).seq()).isGreaterThan(before.seq());
    }
  }

  @Test
  void anApiServerThatStopsAnsweringAgesTheRowsAndTakesNoneAway() throws Exception {
    try (var operator = start(data)) {
      awaitBuilt();
      apply("openai");
      await("the row").atMost(SOON).until(() -> key("openai").isPresent());

      plane.apiServer().freeze();

      await("the rows to be stale")
          .atMost(Duration.ofSeconds(60))
          .until(() -> read(view -> view.freshness(Instant.now()).stale()));
      assertThat(key("openai")).isPresent();
      assertThat(lag(operator)).isGreaterThan(25);

      plane.apiServer().resume();

      await("the rows to be fresh")
          .atMost(Duration.ofSeconds(60))
          .until(() -> read(view -> view.freshness(Instant.now()).age()).toSeconds() < 8);
    }
  }

  @Test
  void everyReplicaMirrorsLeadingOrNot() throws Exception {
    var second = Files.createDirectory(data.resolve("second"));
    try (var _ = start(data);
        var follower = start(second);
        var others = ConfigReader.of(second)) {
      awaitBuilt();
      await("two replicas, one leader")
          .atMost(SOON)
          .until(() -> follower.get("/readyz").statusCode() == 200);
      apply("openai");

      await("the token in both")
          .atMost(SOON)
          .until(() ->
              token(reader, "openai").isPresent()
                  && token(reader, "openai").equals(token(others, "openai")));

      await("both to say who leads")
          .atMost(SOON)
          .until(() ->
              !read(view -> view.heartbeat().leader()).isEmpty()
                  && read(view -> view.heartbeat().leader())
                      .equals(others.<String>read(view -> view.heartbeat().leader())));
    }
  }

  @Test
  void aDatabaseThatIsDeletedOrOverwrittenIsMadeAnew() throws Exception {
    try (var _ = start(data)) {
      awaitBuilt();
      apply("openai");
      await("the token").atMost(SOON).until(() -> token(reader, "openai").isPresent());
      for (var damage : List.<Damage>of(Files::delete, MirrorIT::overwrite, MirrorIT::empty)) {
        var before = read(MirrorView::position);

        damage.to(data.resolve("config.db"));

        await("another epoch")
            .atMost(Duration.ofSeconds(10))
            .ignoreException(MirrorUnavailable.class)
            .until(() -> !read(MirrorView::position).epoch().equals(before.epoch()));
        assertThat(token(reader, "openai")).isPresent();
        assertThat(read(MirrorView::position).seq()).isGreaterThan(before.seq());
      }
    }
  }

  /// Plain, reversed, in base64: not one part of the key is in any file of the mirror.
  @Test
  void noPartOfAKeyIsInAnyFile() throws Exception {
    try (var _ = start(data)) {
      awaitBuilt();
      apply("openai");
      await("the token").atMost(SOON).until(() -> token(reader, "openai").isPresent());
      kubectl.run(
          "patch",
          "secret",
          "openai",
          "-n",
          plane.namespace(),
          "-p",
          "{\"stringData\":{\"api-key\":\"%s\"}}".formatted(CANARY + "2"));
      await("the previous token")
          .atMost(SOON)
          .until(() -> key("openai").flatMap(KeyRow::previous).isPresent());

      var secret = CANARY.substring(3, CANARY.length() - 4);
      for (var file : List.of("config.db", "config.db-wal", "config.db-shm")) {
        var bytes = Files.readString(data.resolve(file), StandardCharsets.ISO_8859_1);
        for (int from = 0; from + 8 <= secret.length(); from++) {
          var part = secret.substring(from, from + 8);
          assertThat(bytes.contains(part)).as(file).isFalse();
          assertThat(bytes.contains(new StringBuilder(part).reverse())).as(file).isFalse();
        }
        for (int offset = 0; offset < 3; offset++) {
          var encoded =
              Base64.getEncoder()
                  .encodeToString(secret.substring(offset).getBytes(StandardCharsets.UTF_8));
          assertThat(bytes.contains(encoded.substring(0, 16))).as(file).isFalse();
        }
      }
      assertThat(Files.readString(data.resolve("config.db-wal"), StandardCharsets.ISO_8859_1))
          .as("the rows are where one looks for the key")
          .contains("gAAAAA", "openai");
    }
  }

  private interface Damage {
    void to(Path file) throws IOException;
  }

  private static void overwrite(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(
          ByteBuffer.wrap("no header at all".repeat(20).getBytes(StandardCharsets.UTF_8)), 0);
    }
  }

  private static void empty(Path file) throws IOException {
    Files.write(file, new byte[0]);
  }

  private RunningOperator start(Path directory) throws IOException {
    return RunningOperator.start(plane, account, KEY, "--data-dir", directory.toString());
  }

  private void awaitBuilt() {
    await("the first full list")
        .atMost(SOON)
        .ignoreException(MirrorUnavailable.class)
        .until(() -> read(MirrorView::position).seq() > 0);
  }

  /// Returns when it was applied.
  private Instant apply(String name) throws IOException {
    var file = Files.createTempFile("akc", ".yaml");
    Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: %1$s, namespace: %2$s}
        stringData: {api-key: %3$s}
        ---
        apiVersion: llmconfig.dev/v1alpha1
        kind: ApiKeyConfig
        metadata: {name: %1$s, namespace: %2$s}
        spec: {provider: OpenAI, secretRef: {name: %1$s}, verification: {mode: Disabled}, models: {discovery: Disabled}}
        """
            .formatted(name, plane.namespace(), CANARY));
    kubectl.run("apply", "-f", file.toString());
    Files.delete(file);
    return Instant.now();
  }

  private String managedToken(String name) {
    var secret =
        plane
            .admin()
            .client()
            .secrets()
            .inNamespace(plane.namespace())
            .withName(ManagedNames.encryptedSecret(name))
            .get();
    return new String(
        Base64.getDecoder().decode(secret.getData().get(ManagedNames.CURRENT)),
        StandardCharsets.US_ASCII);
  }

  private Optional<KeyRow> key(String name) {
    return key(reader, name);
  }

  private Optional<KeyRow> key(ConfigReader from, String name) {
    return from.read(view -> view.key(new Ref(plane.namespace(), name)).map(Stored::row));
  }

  private Optional<String> token(ConfigReader from, String name) {
    try {
      return key(from, name).flatMap(KeyRow::current).map(HeldToken::token);
    } catch (MirrorUnavailable _) {
      return Optional.empty();
    }
  }

  private List<String> changes(String name) {
    return read(view ->
        view.recentChanges(ObjectKind.ApiKeyConfig, new Ref(plane.namespace(), name), 100).stream()
            .map(Change::manager)
            .distinct()
            .toList());
  }

  private static double lag(RunningOperator operator) throws Exception {
    return operator
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("llmconfig_mirror_lag_seconds "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }

  private <T> T read(Function<MirrorView, T> question) {
    return reader.read(question);
  }
}
