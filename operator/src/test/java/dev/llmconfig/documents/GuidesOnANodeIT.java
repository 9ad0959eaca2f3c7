package dev.llmconfig.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.image.BuiltImage;
import dev.llmconfig.install.Entrance;
import dev.llmconfig.install.Forwarded;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import dev.llmconfig.testing.NodeOfTheTests;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The quick start and both ends of the guide to installing, followed where pods really run: from
/// no value at all, in a namespace of the strictest Pod Security level, until nothing is left.
/// Needs root.
@Tag("node")
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set by the first lines of the test
class GuidesOnANodeIT {

  private static final Duration SOON = Duration.ofMinutes(3);
  private static final String KEY =
      "{\"namespace\": \"quick-start\", \"name\": \"%s\", \"provider\": \"Echo\", \"key\": \"sk-given-0123456789abcdef\"}";
  private static final String MODEL =
      "{\"namespace\": \"quick-start\", \"name\": \"%1$s\", \"apiKeyRef\": {\"name\": \"%1$s\"}, \"model\": \"echo\"}";

  @TempDir private Path folder;

  private ControlPlane plane;
  private Example person;
  private List<Document.Step> start;
  private String ending;

  @Test
  void whatIsInstalledWithoutAnyValueIsUsedLeftComeBackToAndRemoved(ControlPlane plane)
      throws Exception {
    this.plane = plane;
    prepare();
    var before = objects();
    var notes = install();
    var token = whatTheNotesSay(notes);
    quickStart();
    assertThat(run("helm test llm-config -n llm-config")).contains("Succeeded");
    assertThat(fromTheAgent("http://llm-config.llm-config:8080/")).contains("<title>");
    try (var page = page(notes)) {
      gives(Entrance.of(page.address(), token), "entered");
    }

    var agent = pod();
    run("helm uninstall llm-config -n llm-config --wait");
    await("what is left")
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(leftSince(before))
                .containsExactlyInAnyOrder(
                    "lease.coordination.k8s.io/llm-config-operator",
                    "secret/llm-config-keyring",
                    "serviceaccount/llm-config-me"));
    assertThat(run("kubectl get clusterrole,clusterrolebinding -o name").lines())
        .filteredOn(name -> name.contains("/llm-config"))
        .containsExactly("clusterrolebinding.rbac.authorization.k8s.io/llm-config-me");
    assertThat(pod()).isEqualTo(agent);
    restarts();

    comesBack(token);

    run("helm uninstall llm-config -n llm-config --wait");
    run("kubectl delete mcfg,akc --all -n quick-start --wait=false");
    assertThat(run("kubectl get mcfg,akc -n quick-start -o name")).contains("support", "entered");
    letGo(ending);
    assertThat(run("kubectl get mcfg,akc -n quick-start -o name 2>/dev/null")).isBlank();
    restarts();
    run("kubectl delete namespace quick-start --timeout=90s");
  }

  private void prepare() throws Exception {
    Crds.install(plane);
    plane.closedLater(NodeOfTheTests.up()).load(BuiltImage.tarOfThisBuild());
    person = Example.empty(folder);
    start = Document.read(Document.root().resolve("docs/guides/quick-start.md")).steps();
    ending =
        Document.read(Document.root().resolve("docs/guides/install.md")).blocks("sh").getLast();
    end();
    AutoCloseable end = this::end;
    plane.closedLater(end);
    run(
        "kubectl create namespace llm-config",
        "kubectl label namespace llm-config pods=real pod-security.kubernetes.io/enforce=restricted",
        "kubectl wait --for=create serviceaccount/default configmap/kube-root-ca.crt -n llm-config --timeout=20s");
  }

  /// Also what other tests have left in this cluster: a new operator makes no key ring where it
  /// finds objects of an older one.
  private void end() throws Exception {
    run(
        "helm uninstall llm-config -n llm-config --ignore-not-found --wait",
        "kubectl delete clusterrolebinding llm-config-me --ignore-not-found",
        "kubectl delete mcfg,akc --all -n quick-start --wait=false");
    letGo("llmconfig uninstall --release");
    run("kubectl delete namespace quick-start llm-config --ignore-not-found --timeout=90s");
  }

  private String install() throws Exception {
    var said = run(Example.inCheckout(start.getFirst().commands()));
    assertThat(said).contains("STATUS: deployed").doesNotContain("would violate PodSecurity");
    return said;
  }

  /// Each command but the one that goes on until somebody ends it.
  ///
  /// @return the token to sign in with
  private String whatTheNotesSay(String notes) throws Exception {
    var token = "";
    for (var command : commands(notes).toList()) {
      if (!command.contains(" port-forward ")) {
        var said = run(command);
        token = command.contains(" create token ") ? said.strip() : token;
      }
    }
    try (var page = page(notes)) {
      var entrance = Entrance.of(page.address(), token);
      assertThat(entrance.get("/").body()).contains("<title>");
      assertThat(Entrance.json(entrance.get("/api/session").body()).path("user").asText())
          .isEqualTo("system:serviceaccount:llm-config:llm-config-me");
    }
    return token;
  }

  private static Forwarded page(String notes) throws Exception {
    return Forwarded.by(
        commands(notes).filter(one -> one.contains(" port-forward ")).findFirst().orElseThrow());
  }

  private static Stream<String> commands(String notes) {
    return notes.lines().filter(line -> line.startsWith("  kubectl ")).map(String::strip);
  }

  /// All that needs no provider on the Internet, with an agent whose image is here.
  private void quickStart() throws Exception {
    for (var step : start.subList(1, 4)) {
      var said =
          run(
              step.commands()
                  .replace("--image=nginx", "--image=llmconfig.dev/test-agent:1")
                  .replace(
                      "kubectl create namespace quick-start",
                      "kubectl create namespace quick-start\n"
                          + "kubectl label namespace quick-start pods=real"));
      assertThat(ListedAgent.withoutRevisions(said))
          .endsWith(step.printed().replace("container nginx", "container test-agent"));
    }
    await("what the agent prints")
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(run("kubectl logs deployment/chat -n quick-start"))
                .contains("OPENAI_BASE_URL=https://echo.invalid/v1\nOPENAI_MODEL=echo\n"));
    assertThat(run(start.get(5).commands()).lines().toList().getLast()).startsWith("ey");
    // after the mistake of the fourth step
    run(
        "kubectl patch mcfg support -n quick-start --type merge -p '{\"spec\": {\"model\": \"echo-markdown\"}}'",
        "kubectl wait --for=jsonpath='{.status.applied.model}'=echo-markdown mcfg/support -n quick-start --timeout=120s",
        "kubectl rollout status deployment/chat -n quick-start --timeout=60s");
  }

  /// A key that is in no Secret of theirs, but encrypted in its object.
  private void gives(Entrance entrance, String name) throws Exception {
    entrance.change("POST", "/api/config/api-keys", KEY.formatted(name));
    entrance.change("POST", "/api/config/model-configs", MODEL.formatted(name));
    run("kubectl wait --for=condition=Ready mcfg/" + name + " -n quick-start --timeout=90s");
    // The sidecar sees what the operator has written a moment after the API server does.
    await("an answer").atMost(SOON).untilAsserted(() -> answers(entrance, name));
  }

  private static void answers(Entrance entrance, String name) {
    var answer = entrance.chat("quick-start." + name, "Good morning");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("event: done", "morning");
  }

  /// Whatever it does to what was there, it does before it is done with what is new.
  private void comesBack(String token) throws Exception {
    var mark = plane.audit().mark();
    var agent = pod();
    var revision = revision();
    try (var page = page(install())) {
      var entrance = Entrance.of(page.address(), token);
      await("the old token to be opened")
          .atMost(SOON)
          .untilAsserted(() -> answers(entrance, "entered"));
      gives(entrance, "later");
    }
    assertThat(revision()).isEqualTo(revision);
    assertThat(pod()).isEqualTo(agent);
    var written =
        plane
            .audit()
            .since(mark)
            .writes()
            .only(one -> one.user().equals("system:serviceaccount:llm-config:llm-config"));
    assertThat(written).isNotEmpty();
    assertThat(written.on("deployments")).isEmpty();
  }

  /// As soon as the lease of an operator that ended lets it.
  private void letGo(String commands) {
    await("what is left to be let go of")
        .atMost(SOON)
        .ignoreExceptionsInstanceOf(AssertionError.class)
        .until(() -> !run(commands).isBlank());
  }

  /// Its pod is another one then, which needs all that the old one needed.
  private void restarts() throws Exception {
    run(
        "kubectl delete pod -l app=chat -n quick-start --timeout=60s",
        "kubectl rollout status deployment/chat -n quick-start --timeout=60s");
  }

  private String pod() throws Exception {
    return run("kubectl get pod -l app=chat -n quick-start -o 'jsonpath={.items[*].metadata.uid}'");
  }

  private String revision() throws Exception {
    return run("kubectl get akc/entered -n quick-start -o 'jsonpath={.status.revision}'");
  }

  private String fromTheAgent(String address) throws Exception {
    return run("kubectl exec deployment/chat -n quick-start -- /test-agent get " + address);
  }

  /// What there is in the namespace of the release, but for what passes.
  private Set<String> objects() throws Exception {
    return run("kubectl get -n llm-config -o name \"$(kubectl api-resources --namespaced --verbs=list"
            + " -o name | grep -v ^events | paste -sd,)\"")
        .lines()
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> leftSince(Set<String> before) throws Exception {
    var now = objects();
    assertThat(now).containsAll(before);
    now.removeAll(before);
    return now;
  }

  private String run(String... commands) throws Exception {
    return person.run(commands);
  }
}
