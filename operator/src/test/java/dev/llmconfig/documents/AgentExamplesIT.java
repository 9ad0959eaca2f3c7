package dev.llmconfig.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.cli.RunningOperator;
import dev.llmconfig.testing.Actor;
import dev.llmconfig.testing.AuditLog;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The examples of agents, done as their pages say, with files and commands unchanged. What a page
/// shows is what is printed, and what it shows of an agent is what the agent's pods have, and all
/// of it. They are followed beside each other, since each has a namespace of its own.
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class AgentExamplesIT {

  static final Set<String> RUN =
      new TreeSet<>(
          Set.of(
              "quickstart",
              "default-model",
              "rotation",
              "rollback",
              "manual-approval",
              "file-delivery",
              "env-from",
              "spring-ai",
              "crewai",
              "langchain",
              "claude-code",
              "generic"));

  private static final int AT_A_TIME = 4;
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String FIRST = "sk-ant-api03-put-your-own-key-here";
  private static final String NEW = "sk-ant-api03-new-0123456789abcdef";
  private static final String WRONG = "sk-ant-api03-fx-AN02-wrong";

  private final String encryptionKey = RunningOperator.newKey();
  private final Map<String, Future<String>> followed = new TreeMap<>();
  private final ExecutorService readers = Executors.newFixedThreadPool(AT_A_TIME);

  private ControlPlane plane;
  private Actor account;
  private Internet internet;
  private RunningOperator operator;
  private AuditLog.Mark start;
  private Path folder;

  @BeforeAll
  void start(ControlPlane plane, @TempDir Path folder) throws IOException {
    this.plane = plane;
    this.folder = folder;
    Crds.install(plane);
    eventually(name -> client().namespaces().withName(name).get() == null);
    internet = new Internet();
    account = RunningOperator.clusterAccount(plane);
    operator =
        RunningOperator.start(
            plane,
            account.client().getConfiguration(),
            internet.asking(),
            internet,
            encryptionKey,
            "--watch-namespaces",
            String.join(",", RUN));
    start = plane.audit().mark();
    RUN.forEach(name -> followed.put(name, readers.submit(() -> follow(name))));
  }

  /// While somebody is there to take our finalizers away.
  @AfterAll
  void end() {
    readers.shutdownNow();
    RUN.forEach(name -> client().namespaces().withName(name).delete());
    eventually(this::empty);
    operator.close();
  }

  @ParameterizedTest
  @FieldSource("RUN")
  void aPageShowsWhatComes(String name) throws Exception {
    assertThat(said(name)).isNotBlank();
  }

  /// After its page, in the folder above it, as `make run` prints them.
  @Test
  void theNextStepsOfTheQuickStart() throws Exception {
    said("quickstart");

    var printed = new Example(Document.root(), folder.resolve("quickstart.encryption-key"), "");
    assertThat(printed.run(nextSteps()))
        .contains("apikeyconfig.llmconfig.dev/quickstart", "ModelNotFound", "sk-***", "from-git")
        .contains("OPENAI_MODEL=echo-markdown")
        .doesNotContain("0000-not-a-real", "2222-in-git");
  }

  @Test
  void aNewKeyRestartsEachAgentOnceAndAWrongOneNobody() throws Exception {
    assertThat(said("rotation"))
        .contains("The last good key stays in use. Anthropic says the key is wrong.");

    for (var agent : new String[] {"chat", "search"}) {
      assertThat(written("rotation", agent))
          .as("for the first key and for the second")
          .isEqualTo(2);
      assertThat(keyOf("rotation", agent)).isEqualTo(NEW);
    }
    said("claude-code");
    assertThat(internet.sent().get("api.anthropic.com"))
        .containsExactlyInAnyOrder(FIRST, NEW, WRONG);
  }

  @Test
  void whoIsNotTriedIsNotWritten() throws Exception {
    said("rollback");

    assertThat(Set.of(written("rollback", "chat"), written("rollback", "search")))
        .as(
            "the settings, the failed ones, the good ones again, and those of the other try; or"
                + " the settings, and those of the other try")
        .isEqualTo(Set.of(4L, 2L));
  }

  /// What a restart brings is the Secret's business: nothing of ours was written for the change.
  @Test
  void aChangeThatWaitsForARestartRestartsNobody() throws Exception {
    said("env-from");

    assertThat(written("env-from", "chat")).as("the first settings").isEqualTo(1);
  }

  private String said(String name) throws Exception {
    try {
      return Objects.requireNonNull(followed.get(name)).get();
    } catch (ExecutionException failed) {
      throw new AssertionError("The page of " + name + " is not right.", failed.getCause());
    }
  }

  /// All that was printed. Every file of the folder has become an object.
  private String follow(String name) throws IOException, InterruptedException {
    var example = Example.withKubectl(name, folder, encryptionKey);
    example.write("new.key", NEW);
    example.write("wrong.key", WRONG);
    var all = new StringBuilder();
    for (var step : example.page().steps()) {
      var said = ListedAgent.withoutRevisions(example.run(step.commands()));
      all.append(said);
      assertThat(said).endsWith(step.printed());
      for (var agent : ListedAgent.in(step.printed())) {
        example.run(
            "kubectl rollout status deployment/%s -n %s --timeout=60s"
                .formatted(agent.name(), name));
        assertThat(pods(name, agent.name()))
            .as("pods of " + agent.name() + " in " + name)
            .isNotEmpty()
            .allSatisfy(pod -> assertThat(variables(pod)).isEqualTo(agent.variables()));
      }
    }
    example.run(example.yaml().stream().map(file -> "kubectl get -f '" + file.getFileName() + "'"));
    return all.toString();
  }

  private List<Pod> pods(String namespace, String agent) {
    return client().pods().inNamespace(namespace).withLabel("app", agent).list().getItems().stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .toList();
  }

  private static List<String> variables(Pod pod) {
    return ListedAgent.variables(pod.getSpec().getContainers().getFirst());
  }

  /// How often the operator has changed an agent.
  private long written(String namespace, String agent) {
    return plane.audit().since(start).by(account).on("deployments").verb("patch").all().stream()
        .filter(one -> one.namespace().equals(namespace) && one.name().equals(agent))
        .filter(one -> one.status() < 300)
        .count();
  }

  /// What its pods start with.
  private String keyOf(String namespace, String agent) {
    var secret =
        pods(namespace, agent)
            .getFirst()
            .getSpec()
            .getContainers()
            .getFirst()
            .getEnv()
            .getFirst()
            .getValueFrom()
            .getSecretKeyRef()
            .getName();
    var held = client().secrets().inNamespace(namespace).withName(secret).require();
    return new String(
        Base64.getDecoder().decode(held.getData().get("api-key")), StandardCharsets.UTF_8);
  }

  /// The indented lines of what `make run` prints, with its two blanks filled in.
  private String nextSteps() throws IOException {
    return Files.readString(Example.original("quickstart").resolve("next-steps.txt"))
        .replace("@environment@", "eval \"$(cluster/env)\"")
        .replace("@encryption-key-file@", folder.resolve("quickstart.encryption-key").toString())
        .lines()
        .filter(line -> line.startsWith("  "))
        .collect(Collectors.joining("\n"));
  }

  private boolean empty(String namespace) {
    var client = client();
    return client.resources(ModelConfig.class).inNamespace(namespace).list().getItems().isEmpty()
        && client.resources(ApiKeyConfig.class).inNamespace(namespace).list().getItems().isEmpty();
  }

  private void eventually(Predicate<String> of) {
    await().atMost(SOON).until(() -> RUN.stream().allMatch(of));
  }

  private KubernetesClient client() {
    return plane.admin().client();
  }
}
